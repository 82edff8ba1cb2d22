/// What a machine has and lacks for editing pictures. [Examination].
@NullMarked
package dev.kontext4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
