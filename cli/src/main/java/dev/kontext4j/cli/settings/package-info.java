/// What the user has settled once and for all: defaults of options ([Settings]) and styles
/// ([Styles]), in files in `~/.config/kontext4j`.
@NullMarked
package dev.kontext4j.cli.settings;

import org.jspecify.annotations.NullMarked;
