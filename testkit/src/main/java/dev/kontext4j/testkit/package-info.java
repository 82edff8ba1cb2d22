/// What the tests of all modules share: goldens (what the reference implementation made of the same
/// inputs; `tools/reference` makes them), how near one has to come to them, and leak checks.
///
/// ```java
/// try (var golden = Golden.open("vae");
///     var vae = AutoEncoder.open(GoldenFiles.path("model/vae"), DType.F32, TestDevice.get())) {
///   TensorAssert.near(golden.tensor("decoded"), vae.network().decode(golden.tensor("latent")));
/// }
/// ```
@NullMarked
package dev.kontext4j.testkit;

import org.jspecify.annotations.NullMarked;
