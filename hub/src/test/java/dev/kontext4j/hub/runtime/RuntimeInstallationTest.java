package dev.kontext4j.hub.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.testkit.hub.FakePip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Installing with a script for a pip; `RuntimeTest` has pip itself.
@DisabledOnOs(OS.WINDOWS)
class RuntimeInstallationTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  private final List<Long> came = new ArrayList<>();

  private Path runtimes() {
    return folder.resolve("runtimes");
  }

  private RuntimeInstallation installation(long unpacked) {
    String text =
        "# mine\ntorch==1.0 --hash=sha256:%s  # torch-1.0-cp312-cp312-any.whl 3000 %d"
            .formatted(HASH, unpacked);
    var list = WheelList.read("list", text);
    return new RuntimeInstallation(
        runtimes(),
        list,
        new InstallListener() {
          @Override
          public void came(long bytes, long whole) {
            assertEquals(3000, whole);
            came.add(bytes);
          }

          @Override
          public void working(String words) {
            assertFalse(words.isEmpty());
          }
        });
  }

  private void install(String script) throws IOException, InterruptedException {
    var installation = installation(100);
    installation.requireRoom();
    FakePip.in(folder.resolve("bin"), script);
    installation.run(Pip.required(folder.resolve("bin").toString()));
  }

  private String refusal(String script) {
    var e = assertThrows(FetchException.class, () -> install(script));
    return String.valueOf(e.getMessage());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(runtimes())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void librariesStayWhereTheyAreAndTheRestGoes() throws IOException, InterruptedException {
    install(FakePip.LIBRARIES + "mkdir -p $target/torch/bin; echo > $target/torch/bin/protoc");
    assertEquals(List.of("mine"), names());
    Path place = runtimes().resolve("mine");
    assertEquals(
        List.of("manifest.json", "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_cuda.so"),
        Manifest.files(place).stream().map(file -> Manifest.name(place, file)).toList());
    assertFalse(Files.exists(place.resolve("nvidia")), "an empty folder stays");
    var installed = new Runtimes(runtimes()).all();
    assertEquals(List.of(new Runtimes.Installed("mine", place, 2, 9)), installed);
  }

  @Test
  void itIsToldWhatHasCome() throws IOException, InterruptedException {
    install(
        """
        mkdir -p "$TMPDIR/pip-unpack-1"
        head -c 2000 /dev/zero > "$TMPDIR/pip-unpack-1/torch.whl"
        sleep 1
        rm -r "$TMPDIR/pip-unpack-1"
        sleep 1
        """
            + FakePip.LIBRARIES);
    assertTrue(came.contains(2000L), came::toString);
    assertEquals(came.stream().sorted().toList(), came, "it goes back");
  }

  @Test
  void aPipThatFailsIsQuotedAndLeavesNothing() throws IOException {
    String message = refusal("echo 'ERROR: the moon is full'; exit 3");
    assertEquals("pip failed (exit code 3): the moon is full; nothing was installed", message);
    assertEquals(List.of(), names());
  }

  @Test
  void wheelsWithoutLibtorchAreNoRuntime() throws IOException {
    String message = refusal("echo > $target/torch/lib/libtorch_cpu.so");
    assertTrue(message.contains("hold no libtorch for CUDA"), message);
    assertEquals(List.of(), names());
  }

  @Test
  void theDiskIsTooSmall() {
    var e = assertThrows(FetchException.class, () -> installation(900_000_000_000L).requireRoom());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("mine needs 900.1 GB in " + runtimes()), message);
    assertTrue(message.endsWith("choose another folder with XDG_CACHE_HOME"), message);
  }

  @Test
  void whatIsDamagedIsFound() throws IOException, InterruptedException {
    install(FakePip.LIBRARIES);
    var all = new Runtimes(runtimes());
    assertTrue(all.verify("mine", words -> {}).stream().allMatch(file -> file.problem().isEmpty()));
    Path libraries = runtimes().resolve("mine/torch/lib");
    Files.writeString(libraries.resolve("libtorch_cpu.so"), "cpx\n");
    Files.delete(libraries.resolve("libtorch_cuda.so"));
    assertEquals(
        List.of("is damaged: its sha256 is another", "is missing"),
        all.verify("mine", words -> {}).stream()
            .map(file -> file.problem().orElseThrow())
            .toList());
    all.remove("mine");
    assertEquals(List.of(), names());
  }

  @Test
  void thereIsNoPip() throws IOException {
    Path bin = folder.resolve("bin");
    FakePip.in(bin, "");
    assertTrue(Pip.find("/nonexistent::" + bin).isPresent());
    Files.writeString(
        bin.resolve("python3"), "#!/bin/sh\necho 'No module named pip' >&2; exit 1\n");
    assertEquals(
        Pip.NONE,
        assertThrows(FetchException.class, () -> Pip.required(bin.toString())).getMessage());
  }
}
