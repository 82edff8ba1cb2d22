/// Goldens, tolerances and leak checks for the tests of the other modules.
@NullMarked
package dev.kontext4j.testkit;

import org.jspecify.annotations.NullMarked;
