/// A model hub on this machine, with all that servers do wrong: [FakeHub]; and a pip: [FakePip].
@NullMarked
package dev.kontext4j.testkit.hub;

import org.jspecify.annotations.NullMarked;
