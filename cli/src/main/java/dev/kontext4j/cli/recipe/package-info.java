/// What every picture carries along: how it was made, in our words ([Recipe]) or in another
/// program's.
@NullMarked
package dev.kontext4j.cli.recipe;

import org.jspecify.annotations.NullMarked;
