package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.output.StandardStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;

/// The terminal that standard error is, with some lines at its end that change while what is
/// printed above them stays.
public final class Screen implements AutoCloseable {
  private static final Size USUAL = Size.of(80, 24);

  private final Terminal terminal;
  private final Display display;
  private final boolean coloured = System.getenv("NO_COLOR") == null;
  private List<AttributedString> lines = List.of();
  private Size told = USUAL;
  private Size size = USUAL;

  Screen(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    fit();
  }

  /// The terminal, if standard error is one that can be written on again.
  public static Optional<Screen> open() {
    if (!StandardStream.ERROR.mayBeTerminal() || "dumb".equals(System.getenv("TERM"))) {
      return Optional.empty();
    }
    // JLine would close the terminal when the process is interrupted, at the same time as the
    // changing lines are wiped: what is written after it is lost.
    System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
    try {
      var terminal =
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(TerminalBuilder.SystemOutput.SysErr)
              .dumb(false)
              .nativeSignals(false) // whoever had Ctrl-C ignored wants it to stay so
              .graphemeCluster(false) // or it would ask the terminal, and wait for its answer
              .build();
      return Optional.of(new Screen(terminal));
    } catch (IOException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  Terminal terminal() {
    return terminal;
  }

  boolean coloured() {
    return coloured;
  }

  /// Whether all colours can be shown, and not only 256.
  boolean manyColours() {
    String told = System.getenv("COLORTERM");
    Integer colours = terminal.getNumericCapability(Capability.max_colors);
    return "truecolor".equals(told) || "24bit".equals(told) || (colours != null && colours > 256);
  }

  int columns() {
    return size.getColumns();
  }

  int rows() {
    return size.getRows();
  }

  /// Replaces the changing lines.
  void show(List<AttributedString> changed) {
    unlessClosed(() -> replace(changed));
  }

  /// When the terminal has been closed, there is nothing to be shown, or to complain of.
  private static void unlessClosed(Runnable writing) {
    try {
      writing.run();
    } catch (IllegalStateException _) {
      return;
    }
  }

  private void replace(List<AttributedString> changed) {
    if (!terminal.getSize().equals(told)) {
      clear();
      fit();
    }
    lines =
        coloured
            ? changed
            : changed.stream().map(line -> new AttributedString(line.toString())).toList();
    int last = lines.isEmpty() ? 0 : lines.getLast().columnLength();
    int row = Math.max(0, lines.size() - 1);
    display.update(lines, row * (columns() + 1) + last);
  }

  /// Sends what neither shows as text nor moves the cursor.
  void send(String codes) {
    unlessClosed(() -> {
      terminal.writer().print(codes);
      terminal.flush();
    });
  }

  /// Writes what is no text over the changing lines, from the first one on.
  void lay(String graphics) {
    unlessClosed(() -> layOver(graphics));
  }

  private void layOver(String graphics) {
    terminal.puts(Capability.save_cursor);
    if (lines.size() > 1) {
      terminal.puts(Capability.parm_up_cursor, lines.size() - 1);
    }
    terminal.puts(Capability.carriage_return);
    terminal.writer().print(graphics);
    terminal.puts(Capability.restore_cursor);
    terminal.flush();
  }

  private void fit() {
    told = terminal.getSize();
    size = told.getColumns() > 0 && told.getRows() > 0 ? told : USUAL;
    display.resize(size);
  }

  /// Lets something be printed where the changing lines are, and puts them below it.
  void above(Runnable printing) {
    var shown = lines;
    unlessClosed(this::clear);
    printing.run();
    show(shown);
  }

  void println(String text) {
    unlessClosed(() -> {
      terminal.writer().println(text);
      terminal.flush();
    });
  }

  private void clear() {
    display.update(List.of(), 0);
    display.reset();
    lines = List.of();
  }

  /// Takes the changing lines away when the process is interrupted. The terminal may have echoed a
  /// ^C, so that the cursor is not where the display believes it to be.
  void wipe() {
    unlessClosed(() -> {
      if (lines.size() > 1) {
        terminal.puts(Capability.parm_up_cursor, lines.size() - 1);
      }
      terminal.puts(Capability.carriage_return);
      terminal.puts(Capability.clr_eos);
      terminal.flush();
    });
  }

  @Override
  public void close() {
    unlessClosed(this::clear);
    try {
      terminal.close();
    } catch (IOException _) {
      return; // nobody is left to be told
    }
  }
}
