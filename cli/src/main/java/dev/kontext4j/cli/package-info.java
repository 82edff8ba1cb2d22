/// The command line: commands, their options, progress, and every word that users read.
///
/// Results go to standard output, everything else to standard error. This is the only place that
/// knows exit codes, prints, or ends the process.
@NullMarked
package dev.kontext4j.cli;

import org.jspecify.annotations.NullMarked;
