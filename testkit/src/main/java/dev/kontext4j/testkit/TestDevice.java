package dev.kontext4j.testkit;

import dev.kontext4j.engine.Device;

/// Where the networks are tested: on the CPU, or where the system property `kontext4j.test.device`
/// says (a card must be shown to the tests, too: `-Dkontext4j.test.cards=0`).
public final class TestDevice {
  private static final String PROPERTY = "kontext4j.test.device";

  private TestDevice() {}

  public static Device get() {
    String name = System.getProperty(PROPERTY, "cpu");
    return Device.parse(name)
        .orElseThrow(() -> new IllegalArgumentException(PROPERTY + "=" + name + " is no device"));
  }
}
