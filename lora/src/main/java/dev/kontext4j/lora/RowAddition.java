package dev.kontext4j.lora;

import dev.kontext4j.lora.change.Addition;
import dev.kontext4j.lora.names.Rows;

/// What one adapter adds to some rows of a tensor, ready to be added.
record RowAddition(Rows rows, Addition addition) {}
