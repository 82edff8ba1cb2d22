package dev.kontext4j.cli.failure;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.EngineException;
import dev.kontext4j.engine.LibraryException;
import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.hub.lock.LockException;
import dev.kontext4j.sampler.EditException;
import dev.kontext4j.sampler.picture.PictureException;
import dev.kontext4j.tokenizer.TokenizerException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;

/// Why a command failed, as the user is told: one line and an exit code. The stack trace is for
/// `--debug` alone.
public record Failure(ExitCode code, String line, Throwable cause) {

  public static Failure of(Throwable e) {
    return switch (e) {
      case PictureException _ -> new Failure(ExitCode.INPUT, message(e), e);
      case InputException _ -> new Failure(ExitCode.INPUT, message(e), e);
      case TokenizerException _ -> new Failure(ExitCode.MODEL, message(e), e);
      case EditException _ -> new Failure(ExitCode.FAILED, message(e), e);
      case WriteException _ -> new Failure(ExitCode.FAILED, message(e), e);
      case FetchException _ -> new Failure(ExitCode.FAILED, message(e), e);
      case LockException _ -> new Failure(ExitCode.INPUT, message(e), e);
      case EngineException engine -> new Failure(code(engine), message(e), e);
      case InvalidPathException path ->
          new Failure(ExitCode.INPUT, "\"" + path.getInput() + "\" is no path; check the name", e);
      case OutOfMemoryError _ ->
          new Failure(
              ExitCode.MEMORY,
              "Java's heap is too small for this ("
                  + message(e)
                  + "); make the pictures smaller or set KONTEXT4J_JAVA_OPTS=-Xmx4g",
              e);
      case ExceptionInInitializerError wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause());
      default ->
          new Failure(
              ExitCode.FAILED,
              "unexpected: "
                  + e.getClass().getSimpleName()
                  + ": "
                  + message(e)
                  + "; this is a fault of kontext4j, run again with --debug and report it",
              e);
    };
  }

  private static ExitCode code(EngineException e) {
    return switch (e) {
      case CheckpointException _ -> ExitCode.MODEL;
      case DeviceException _ -> ExitCode.MEMORY;
      case LibraryException _ -> ExitCode.MEMORY;
      default -> ExitCode.FAILED;
    };
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? "no message" : message;
  }

  public int report(PrintWriter err, boolean debug) {
    err.println("kontext: " + Printable.line(line));
    if (debug) {
      cause.printStackTrace(err);
    }
    err.flush();
    return code.number();
  }
}
