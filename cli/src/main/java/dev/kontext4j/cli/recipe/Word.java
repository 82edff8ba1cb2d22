package dev.kontext4j.cli.recipe;

import java.util.Locale;

/// Constants as options and recipes write them.
public final class Word {
  private Word() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
