package dev.kontext4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Libtorch.Origin;
import dev.kontext4j.engine.Libtorch.Settled;
import dev.kontext4j.engine.Libtorch.Wish;
import dev.kontext4j.engine.internal.torch.LibtorchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which libtorch is taken, on machines of all kinds.
class LibtorchChoiceTest {
  private static final Device CUDA_1 = Device.cuda(1);

  @TempDir Path home;

  /// A machine with a driver and an installed runtime, a PyTorch, both, or none.
  ///
  /// @param refuses the folder whose CUDA is too new for the driver
  private record TestMachine(
      boolean driver, Optional<Path> installed, Optional<Path> found, boolean bundled, Path refuses)
      implements LibtorchChoice.Machine {
    @Override
    public int freest(LibtorchFolder build) {
      if (build.path().equals(refuses)) {
        throw new DeviceException("the driver is too old; renew it");
      }
      return 1;
    }
  }

  private Path library(String name, boolean cuda) throws IOException {
    Path folder = Files.createDirectories(home.resolve(name));
    Files.createFile(folder.resolve(System.mapLibraryName("torch_cpu")));
    if (cuda) {
      Files.createFile(folder.resolve(System.mapLibraryName("torch_cuda")));
    }
    return folder;
  }

  private Settled settle(DeviceWish device, Optional<Path> named, TestMachine machine) {
    return LibtorchChoice.settle(new Wish(named, device, OptionalInt.empty()), machine);
  }

  private TestMachine machine(boolean driver, Optional<Path> installed, Optional<Path> found) {
    return new TestMachine(driver, installed, found, true, home.resolve("none"));
  }

  private static void require(Origin origin, Device device, Settled settled) {
    assertEquals(origin, settled.choice().origin());
    assertEquals(device, settled.device());
  }

  @Test
  void withoutADriverNothingElseIsLookedAt() throws IOException {
    var installed = Optional.of(library("installed", true));
    var settled = settle(DeviceWish.AUTO, Optional.empty(), machine(false, installed, installed));
    require(Origin.BUNDLED, Device.CPU, settled);
    assertEquals(Optional.empty(), settled.remark());
  }

  @Test
  void anInstalledRuntimeComesBeforeAPyTorch() throws IOException {
    var installed = Optional.of(library("installed", true));
    var found = Optional.of(library("found", true));
    var both = machine(true, installed, found);
    require(Origin.INSTALLED, CUDA_1, settle(DeviceWish.AUTO, Optional.empty(), both));
    assertEquals(installed, settle(DeviceWish.AUTO, Optional.empty(), both).choice().folder());
    var one = machine(true, Optional.empty(), found);
    require(Origin.FOUND, CUDA_1, settle(DeviceWish.AUTO, Optional.empty(), one));
  }

  @Test
  void whatIsNamedComesFirst() throws IOException {
    var installed = Optional.of(library("installed", true));
    var named = Optional.of(library("named", true));
    var machine = machine(true, installed, installed);
    require(Origin.NAMED, CUDA_1, settle(DeviceWish.AUTO, named, machine));
    require(Origin.NAMED, Device.cuda(0), settle(DeviceWish.of(Device.cuda(0)), named, machine));
    require(Origin.NAMED, Device.CPU, settle(DeviceWish.of(Device.CPU), named, machine));
  }

  @Test
  void oneForTheCpuThatIsNamedIsTakenWithoutAWord() throws IOException {
    var installed = Optional.of(library("installed", true));
    var named = Optional.of(library("named", false));
    var settled = settle(DeviceWish.AUTO, named, machine(true, installed, installed));
    require(Origin.NAMED, Device.CPU, settled);
    assertEquals(Optional.empty(), settled.remark());
  }

  @Test
  void theCpuIsServedByTheBundledOne() throws IOException {
    var installed = Optional.of(library("installed", true));
    var cpu = DeviceWish.of(Device.CPU);
    require(
        Origin.BUNDLED,
        Device.CPU,
        settle(cpu, Optional.empty(), machine(true, installed, installed)));
    var nothingBundled =
        new TestMachine(false, Optional.empty(), installed, false, home.resolve("none"));
    require(Origin.FOUND, Device.CPU, settle(cpu, Optional.empty(), nothingBundled));
  }

  @Test
  void aGpuThatNothingCanUseIsSaidWithTheCure() throws IOException {
    var forCpu = Optional.of(library("found", false));
    var settled =
        settle(DeviceWish.AUTO, Optional.empty(), machine(true, Optional.empty(), forCpu));
    require(Origin.BUNDLED, Device.CPU, settled);
    assertTrue(settled.remark().orElseThrow().contains("kontext runtime install cuda"));
  }

  @Test
  void oneThatTheDriverRefusesIsPassedOverForTheNext() throws IOException {
    Path installed = library("installed", true);
    Path found = library("found", true);
    var both = new TestMachine(true, Optional.of(installed), Optional.of(found), true, installed);
    require(Origin.FOUND, CUDA_1, settle(DeviceWish.AUTO, Optional.empty(), both));
    var one = new TestMachine(true, Optional.of(installed), Optional.empty(), true, installed);
    var settled = settle(DeviceWish.AUTO, Optional.empty(), one);
    require(Origin.BUNDLED, Device.CPU, settled);
    assertEquals(Optional.of("on the CPU: the driver is too old; renew it"), settled.remark());
  }

  @Test
  void aCardThatIsAskedForNeedsACudaBuild() throws IOException {
    var nothing = machine(true, Optional.empty(), Optional.of(library("found", false)));
    var e =
        assertThrows(
            LibraryException.class, () -> settle(DeviceWish.of(CUDA_1), Optional.empty(), nothing));
    assertEquals(Libtorch.NO_CUDA_LIBRARY, e.getMessage());
  }
}
