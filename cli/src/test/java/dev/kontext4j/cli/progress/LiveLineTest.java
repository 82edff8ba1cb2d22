package dev.kontext4j.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.Progress.Estimate;
import dev.kontext4j.sampler.Progress.PictureNumber;
import dev.kontext4j.sampler.Progress.Step;
import dev.kontext4j.sampler.Progress.Text;
import dev.kontext4j.sampler.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.terminal.impl.ITerm2Graphics;
import org.jline.terminal.impl.KittyGraphics;
import org.jline.terminal.impl.SixelGraphics;
import org.jline.terminal.impl.TerminalGraphics;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a terminal of 60 x 12 shows, by JLine's own emulation of one.
class LiveLineTest {
  private static final Size SIZE = Size.of(60, 12);
  private static final PictureNumber ONLY = new PictureNumber(1, 1);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Screen screen;
  private Terminal terminal;

  @BeforeEach
  void open() throws IOException {
    terminal =
        new ExternalTerminal(
            "test",
            "xterm-256color",
            new ByteArrayInputStream(new byte[0]),
            written,
            StandardCharsets.UTF_8);
    terminal.setSize(SIZE);
    screen = new Screen(terminal);
  }

  @AfterEach
  void close() throws IOException {
    terminal.close();
  }

  private LiveLine line(boolean preview) {
    return new LiveLine(screen, preview ? new HalfBlocks() : null, OptionalLong::empty, () -> 0);
  }

  /// The rows that have something in them, as they look now.
  private List<String> rows() {
    var emulated = new ScreenTerminal(SIZE.getColumns(), SIZE.getRows());
    emulated.write(written.toString(StandardCharsets.UTF_8));
    return Arrays.stream(emulated.toString().split("\n", -1))
        .map(String::stripTrailing)
        .filter(row -> !row.isEmpty())
        .toList();
  }

  @Test
  void oneLineThatChangesBelowWhatIsSaid() {
    var line = line(false);
    line.say("the seed is 7");
    line.at(new Text());
    assertEquals(List.of("kontext: the seed is 7", "reading the prompt"), rows());
    line.at(new Step(1, 9, ONLY));
    line.say("two");
    assertEquals(3, rows().size(), () -> rows().toString());
    assertEquals("kontext: two", rows().get(1));
    assertTrue(rows().getLast().startsWith("step 1 of 9  ━━━━━"), () -> rows().toString());
    line.aside(() -> screen.println("out.png"));
    assertEquals("out.png", rows().get(2));
    line.done(1.25);
    line.close();
    assertEquals(
        List.of("kontext: the seed is 7", "kontext: two", "out.png", "kontext: done in 1.3 s"),
        rows());
  }

  @Test
  void thePreviewStandsAboveTheLineAndLeavesNothingBehind() {
    var line = line(true);
    line.at(new Step(1, 2, ONLY));
    var rgb = new byte[3 * 4 * 4];
    Arrays.fill(rgb, (byte) 200);
    line.at(new Estimate(1, 2, ONLY, () -> new Picture(4, 4, rgb)));
    assertEquals("▀".repeat(18), rows().getFirst()); // 9 rows of two pixels each, 18 across
    assertEquals(10, rows().size(), () -> rows().toString());
    line.at(new Step(2, 2, ONLY));
    assertTrue(rows().getLast().startsWith("step 2 of 2"), () -> rows().toString());
    line.say("hello");
    assertEquals("kontext: hello", rows().getFirst());
    assertEquals(11, rows().size(), () -> rows().toString());
    line.close();
    assertEquals(List.of("kontext: hello"), rows());
  }

  /// Each protocol carries the picture in a way of its own; Kitty's and iTerm2's can be read back.
  @Test
  void picturesForTerminalsThatKnowThem() throws IOException {
    var rgb = new byte[3 * 64 * 64];
    Arrays.fill(rgb, rgb.length / 2, rgb.length, (byte) 255); // black above, white below
    var halves = new Picture(64, 64, rgb);
    var protocols = List.of(new KittyGraphics(), new ITerm2Graphics(), new SixelGraphics());
    for (TerminalGraphics protocol : protocols) {
      written.reset();
      var line = new LiveLine(screen, new GraphicsPainter(protocol), OptionalLong::empty, () -> 0);
      line.at(new Step(1, 2, ONLY));
      line.at(new Estimate(1, 2, ONLY, () -> halves));
      String sent = written.toString(StandardCharsets.UTF_8);
      assertTrue(sent.contains(START.get(protocol.getProtocol())), protocol::toString);
      assertTrue(sent.contains("\u001b[9A"), "it begins nine rows above the line");
      if (protocol.getProtocol() != TerminalGraphics.Protocol.SIXEL) {
        var shown = ImageIO.read(new ByteArrayInputStream(base64(sent)));
        assertEquals(144, shown.getHeight()); // nine rows of 16
        assertEquals(0xff00_0000, shown.getRGB(1, 1));
        assertEquals(0xffff_ffff, shown.getRGB(142, 142));
      }
    }
  }

  /// Kitty's protocol: without d=i or d=I a deletion takes every picture in sight.
  @Test
  void onlyItsOwnPictureIsTakenAway() {
    var painter = new GraphicsPainter(new KittyGraphics());
    var line = new LiveLine(screen, painter, OptionalLong::empty, () -> 0);
    line.at(new Estimate(1, 1, ONLY, () -> new Picture(4, 4, new byte[3 * 4 * 4])));
    line.close();
    String sent = written.toString(StandardCharsets.UTF_8);
    var laid = Pattern.compile("_Ga=T[^;]*,i=([0-9]+)").matcher(sent);
    assertTrue(laid.find(), sent);
    assertTrue(sent.contains("_Ga=d,d=I,i=" + laid.group(1) + ",q=2\u001b\\"), sent);
    assertEquals(1, Pattern.compile("_Ga=d").matcher(sent).results().count());
  }

  private static final Map<TerminalGraphics.Protocol, String> START =
      Map.of(
          TerminalGraphics.Protocol.KITTY, "\u001b_Ga=T,f=100",
          TerminalGraphics.Protocol.ITERM2, "\u001b]1337;File=",
          TerminalGraphics.Protocol.SIXEL, "\u001bP");

  /// All long runs of base64, put together.
  private static byte[] base64(String sent) {
    String all =
        Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}|(?<=[;:])[A-Za-z0-9+/]+={0,2}(?=\u001b|\u0007)")
            .matcher(sent)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining());
    return Base64.getDecoder().decode(all);
  }

  @Test
  void withoutPreviewNoneIsMade() {
    line(false)
        .at(
            new Estimate(
                1,
                2,
                ONLY,
                () -> {
                  throw new AssertionError("nobody asked for it");
                }));
  }
}
