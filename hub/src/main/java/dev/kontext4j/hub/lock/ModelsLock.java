package dev.kontext4j.hub.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The model files that are known, and the sets they make.
///
/// @param files by their names in the lock
/// @param sets by name, in the order of the lock
public record ModelsLock(Map<String, LockedFile> files, Map<String, ModelSet> sets) {
  private static final String NAME = "models.lock";
  private static final long SCHEMA = 1;

  /// The lock of this build.
  public static ModelsLock packed() {
    try (var in = ModelsLock.class.getResourceAsStream(NAME)) {
      return read(NAME, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(NAME + " is part of every build", e);
    }
  }

  /// Reads a lock.
  ///
  /// @param name what to call it in a message
  public static ModelsLock read(String name, String toml) {
    try {
      var top = new LockTable(name, new TomlMapper().readTree(toml));
      if (top.count("schema").orElse(0) != SCHEMA) {
        throw top.wrong("has another schema than " + SCHEMA);
      }
      var licences = top.tables("licence", ModelsLock::licence);
      var repositories = top.tables("repository", (_, table) -> repository(table));
      var configs = top.tables("config", (_, table) -> table.text("text") + "\n");
      var files = top.tables("file", (id, table) -> file(id, table, repositories, licences));
      var sets = top.tables("set", (id, table) -> set(id, table, files, configs));
      top.end();
      return new ModelsLock(files, sets);
    } catch (JsonProcessingException e) {
      throw new LockException(name + " is not TOML: " + e.getOriginalMessage());
    }
  }

  /// The set of that name, if there is one.
  public Optional<ModelSet> set(String name) {
    return Optional.ofNullable(sets.get(name));
  }

  /// The files that have a number of bytes, as far as exact sizes are known.
  public Stream<LockedFile> filesOf(long bytes) {
    return files.values().stream().filter(file -> file.size().equals(OptionalLong.of(bytes)));
  }

  private static Licence licence(String id, LockTable table) {
    return new Licence(
        id,
        table.text("name"),
        table.text("page"),
        table.optionalText("gist").orElse(""),
        table.flag("accept"));
  }

  private static Repository repository(LockTable table) {
    String revision = table.text("revision");
    if (!revision.matches("[0-9a-f]{40}")) {
      throw table.wrong("revision must be a commit, so that it cannot change");
    }
    return new Repository(table.text("name"), revision, table.flag("gated"));
  }

  private static LockedFile file(
      String id,
      LockTable table,
      Map<String, Repository> repositories,
      Map<String, Licence> licences) {
    var sha256 = table.optionalText("sha256").map(digits -> hash(table, digits));
    var sure = sureness(table);
    if (sha256.isPresent() == (sure == Sureness.UNKNOWN)) {
      throw table.wrong("must have a sha256, or else be sure = \"unknown\"");
    }
    var size = table.count("size");
    return new LockedFile(
        id,
        table.named("repository", repositories),
        relative(table, table.text("path")),
        size,
        table.count("about").orElse(size.orElse(0)),
        sha256,
        sure,
        sha256.isPresent() ? table.text("source") : "",
        table.text("role"),
        table.optionalText("precision").orElse(""),
        table.named("licence", licences));
  }

  private static Sha256 hash(LockTable table, String digits) {
    if (!Sha256.FORM.matcher(digits).matches()) {
      throw table.wrong("sha256 must be 64 small hexadecimal digits");
    }
    return new Sha256(digits);
  }

  private static Sureness sureness(LockTable table) {
    String word = table.text("sure");
    try {
      return Sureness.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw table.wrong("sure \"%s\" is no such word".formatted(word));
    }
  }

  private static ModelSet set(
      String name, LockTable table, Map<String, LockedFile> files, Map<String, String> configs) {
    var parts = new ArrayList<ModelSet.Part>();
    for (LockTable entry : table.list("place")) {
      parts.add(part(entry, files, configs));
      entry.end();
    }
    requireDifferent(table, parts);
    return new ModelSet(name, table.text("about"), table.flag("edits"), parts);
  }

  private static ModelSet.Part part(
      LockTable entry, Map<String, LockedFile> files, Map<String, String> configs) {
    String place = relative(entry, entry.text("at"));
    var config = entry.optionalText("config");
    return config.isPresent()
        ? new ModelSet.Written(place, entry.known("config", config.get(), configs))
        : new ModelSet.Fetched(place, entry.named("file", files));
  }

  private static void requireDifferent(LockTable table, List<ModelSet.Part> parts) {
    var places = new HashSet<String>();
    for (ModelSet.Part part : parts) {
      if (!places.add(part.place())) {
        throw table.wrong("has two files at " + part.place());
      }
    }
  }

  /// A path that stays within its folder.
  private static String relative(LockTable table, String path) {
    for (String name : path.split("/", -1)) {
      if (name.isBlank() || name.startsWith(".") || name.indexOf('\\') >= 0) {
        throw table.wrong("\"%s\" is no path within a folder".formatted(path));
      }
    }
    return path;
  }
}
