package dev.kontext4j.engine.internal.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.ComputeCapability;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.internal.torch.FakeCards.Card;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of libcudart, and what is said of its answers.
class CudaRuntimeTest {
  private static final int TOO_OLD = 35;
  private static final int NONE = 100;
  private static final Card OLD = new Card("GeForce GTX 1080", 6, 1, 8L << 30, 8L << 30);
  private static final Card SMALL = new Card("GeForce RTX 3060", 8, 6, 5L << 30, 12L << 30);
  private static final Card LARGE = new Card("GeForce RTX 4090", 8, 9, 20L << 30, 24L << 30);

  @TempDir Path folder;

  private CudaRuntime runtime(FakeCards cards) throws IOException {
    new Fatbin()
        .compiled(75)
        .compiled(80)
        .compiled(120)
        .write(folder.resolve(System.mapLibraryName("torch_cuda")));
    return new CudaRuntime(cards, new LibtorchFolder(folder));
  }

  private static void requireRefusal(Executable asked, String... words) {
    String message = assertThrows(DeviceException.class, asked).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void cardsAreDescribed() throws IOException {
    var cards = runtime(new FakeCards(0, 13_000, SMALL, LARGE)).cards();
    assertEquals(
        List.of(
            new CudaCard(0, SMALL.name(), new ComputeCapability(8, 6), 5L << 30, 12L << 30),
            new CudaCard(1, LARGE.name(), new ComputeCapability(8, 9), 20L << 30, 24L << 30)),
        cards);
  }

  @Test
  void theOneWithTheMostFreeMemoryIsTakenAndTheOthersAreLetGo() throws IOException {
    var cards = new FakeCards(0, 13_000, SMALL, LARGE, OLD);
    assertEquals(1, runtime(cards).freest());
    assertEquals(List.of(0), cards.reset()); // the old one was not even asked
    var one = new FakeCards(0, 13_000, OLD, SMALL);
    assertEquals(1, runtime(one).freest());
    assertEquals(List.of(), one.reset());
  }

  @Test
  void aDriverThatIsTooOldIsNamedBesideWhatIsNeeded() throws IOException {
    var runtime = runtime(new FakeCards(TOO_OLD, 12_080));
    requireRefusal(runtime::freest, "CUDA up to 12.8", "needs 13.0", "renew the driver");
    requireRefusal(() -> runtime.requireDevice(0), "12.8", "13.0", "--device cpu");
  }

  @Test
  void thereIsNoDriverOrNoCard() throws IOException {
    requireRefusal(runtime(new FakeCards(TOO_OLD, 0))::freest, "no NVIDIA driver", "CUDA 13.0");
    requireRefusal(runtime(new FakeCards(NONE, 13_000))::freest, "sees none", "nvidia-smi");
    requireRefusal(runtime(new FakeCards(999, 13_000))::freest, "CUDA error 999", "--device cpu");
  }

  @Test
  void aCardThatNothingWasCompiledForIsNamedBesideWhatWas() throws IOException {
    var runtime = runtime(new FakeCards(0, 13_000, OLD));
    String[] words = {
      "cuda:0 (GeForce GTX 1080)", "capability 6.1", "for 7.5, 8.0, 12.0", "--libtorch DIR"
    };
    requireRefusal(runtime::freest, words);
    requireRefusal(() -> runtime.requireDevice(0), words);
  }

  @Test
  void thereAreFewerCards() throws IOException {
    var runtime = runtime(new FakeCards(0, 13_000, SMALL));
    runtime.requireDevice(0);
    requireRefusal(() -> runtime.requireDevice(1), "no device cuda:1", "only 1");
  }
}
