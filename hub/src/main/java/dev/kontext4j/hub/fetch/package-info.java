/// Fetching a file over the network so that every byte is checked and none is fetched twice:
/// [FileFetch].
@NullMarked
package dev.kontext4j.hub.fetch;

import org.jspecify.annotations.NullMarked;
