package dev.kontext4j.cli.doctor;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.engine.CpuFeatures;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.EngineException;
import dev.kontext4j.engine.HostMemory;
import dev.kontext4j.engine.Libtorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Looks at everything that an edit needs: Java, libtorch, devices, folders.
public final class Examination {
  private static final long LEAST_DISK = 1L << 30;
  private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");

  private final List<Finding> findings = new ArrayList<>();

  /// Everything that was looked at.
  ///
  /// @param named a libtorch that the user has named
  /// @param cache where kontext4j unpacks things
  public static List<Finding> of(Optional<Path> named, Path cache) {
    var examination = new Examination();
    examination.java();
    examination.libtorch(named);
    examination.folder(cache);
    return examination.findings;
  }

  private void java() {
    findings.add(
        Finding.good(
            "Java",
            "%s, %s, %s"
                .formatted(
                    Runtime.version(),
                    System.getProperty("java.vendor"),
                    System.getProperty("java.home"))));
  }

  /// The one that an edit would load: for a card, where there is a driver, else for the CPU. Only
  /// one can be loaded.
  private void libtorch(Optional<Path> named) {
    boolean driver = Files.exists(NVIDIA_DRIVER);
    Optional<Path> found = driver && named.isEmpty() ? Libtorch.cudaBuild() : named;
    Libtorch.choose(new Libtorch.Choice(found, false, OptionalInt.empty()));
    String origin = named.isPresent() ? "named" : found.isPresent() ? "found, for CUDA" : "bundled";
    try {
      Path file = Libtorch.file();
      findings.add(
          Finding.good("libtorch", "%s, %s, %s".formatted(Libtorch.version(), origin, file)));
      cpu();
      cuda(driver, found.isPresent());
    } catch (EngineException e) {
      findings.add(Finding.failed("libtorch", e));
    }
  }

  private void cpu() {
    int threads = Libtorch.threads();
    String memory =
        HostMemory.now()
            .map(host ->
                ", %s of %s free".formatted(Bytes.text(host.available()), Bytes.text(host.total())))
            .orElse("");
    String bf16 =
        CpuFeatures.bf16Matrices() ? "bf16 matrices" : CpuFeatures.bf16() ? "bf16" : "no bf16";
    findings.add(
        Finding.good(
            "cpu", threads + (threads == 1 ? " thread" : " threads") + memory + ", " + bf16));
  }

  private void cuda(boolean driver, boolean build) {
    if (!driver) {
      findings.add(Finding.good("cuda", "no NVIDIA driver; not needed"));
    } else if (!build) {
      findings.add(
          Finding.bad(
              "cuda",
              "there is an NVIDIA card, but no CUDA build of PyTorch was found",
              "pip install torch, or name one with --libtorch DIR"));
    } else {
      cards();
    }
  }

  private void cards() {
    try {
      for (CudaCard card : CudaCard.all()) {
        findings.add(
            Finding.good(
                "cuda:" + card.index(),
                "%s, %s of %s free"
                    .formatted(card.name(), Bytes.text(card.free()), Bytes.text(card.total()))));
      }
    } catch (EngineException e) {
      findings.add(Finding.failed("cuda", e));
    }
  }

  private void folder(Path cache) {
    try {
      Files.createDirectories(cache);
      Files.delete(Files.createTempFile(cache, ".kontext4j-", ".part"));
      long free = Files.getFileStore(cache).getUsableSpace();
      String state = "%s, %s free".formatted(cache, Bytes.text(free));
      findings.add(
          free >= LEAST_DISK
              ? Finding.good("cache", state)
              : Finding.bad("cache", state, "make room there, or set XDG_CACHE_HOME"));
    } catch (IOException e) {
      findings.add(
          Finding.bad(
              "cache", cache + " cannot be written to", "set XDG_CACHE_HOME to another folder"));
    }
  }
}
