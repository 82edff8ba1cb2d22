package dev.kontext4j.hub.lock;

/// The terms of some files.
///
/// @param gist what they come to, in our words; may be empty
/// @param accept whether they are to be accepted before anything is fetched
public record Licence(String id, String name, String page, String gist, boolean accept) {}
