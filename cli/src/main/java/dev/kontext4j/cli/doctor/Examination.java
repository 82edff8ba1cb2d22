package dev.kontext4j.cli.doctor;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.recipe.Word;
import dev.kontext4j.engine.CpuFeatures;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.DeviceWish;
import dev.kontext4j.engine.EngineException;
import dev.kontext4j.engine.HostMemory;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.engine.NvidiaDriver;
import dev.kontext4j.engine.quant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Looks at everything that an edit needs: Java, libtorch, devices, folders.
public final class Examination {
  private static final long LEAST_DISK = 1L << 30;

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

  /// That which an edit would load, where nobody names a device. Only one can be loaded.
  private void libtorch(Optional<Path> named) {
    try {
      var settled = Libtorch.begin(new Libtorch.Wish(named, DeviceWish.AUTO, OptionalInt.empty()));
      Path file = Libtorch.file();
      var origin = settled.choice().origin();
      findings.add(
          Finding.good(
              "libtorch", "%s, %s, %s".formatted(Libtorch.version(), origin.words(), file)));
      cpu();
      cuda(settled);
      findings.add(Finding.good("device", chosen(settled)));
    } catch (EngineException e) {
      findings.add(Finding.failed("libtorch", e));
    }
  }

  /// What an edit would compute on, and why.
  private static String chosen(Libtorch.Settled settled) {
    if (!settled.device().isCpu()) {
      return settled.device() + ", for it has the most free memory of those that can be used";
    }
    return settled.remark().isPresent() ? "cpu, see cuda" : "cpu, for there is no NVIDIA GPU";
  }

  private void cpu() {
    int threads = Libtorch.threads();
    String memory =
        HostMemory.now()
            .map(host ->
                ", %s of %s free".formatted(Bytes.text(host.available()), Bytes.text(host.total())))
            .orElse("");
    String bf16 =
        CpuFeatures.fastBf16Products() ? "fast bf16" : CpuFeatures.bf16() ? "bf16" : "no bf16";
    findings.add(
        Finding.good(
            "cpu", threads + (threads == 1 ? " thread" : " threads") + memory + ", " + bf16));
  }

  private void cuda(Libtorch.Settled settled) {
    if (!settled.device().isCpu()) {
      cards();
    } else if (settled.remark().isPresent()) {
      findings.add(Finding.failed("cuda", settled.remark().get()));
    } else if (NvidiaDriver.seemsThere()) {
      findings.add(
          Finding.good("cuda", "there is an NVIDIA GPU, and this libtorch is for the CPU"));
    } else {
      findings.add(Finding.good("cuda", "no NVIDIA driver; not needed"));
    }
  }

  private void cards() {
    try {
      for (CudaCard card : CudaCard.all()) {
        findings.add(
            Finding.good(
                "cuda:" + card.index(),
                "%s, compute capability %s, --precision %s, %s of %s free"
                    .formatted(
                        card.name(),
                        card.capability(),
                        precisions(card),
                        Bytes.text(card.free()),
                        Bytes.text(card.total()))));
      }
    } catch (EngineException e) {
      findings.add(Finding.failed("cuda", e));
    }
  }

  private static String precisions(CudaCard card) {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.runsOn(card.capability()))
        .map(Word::of)
        .collect(Collectors.joining("|"));
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
