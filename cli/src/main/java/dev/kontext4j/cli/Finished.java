package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.PackedLatents;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pictures of a run, each written as soon as it is finished: what is done outlives whatever
/// happens to the rest.
final class Finished implements Consumer<EditResult> {
  private final List<Path> files;
  private final Optional<Path> latentsFile;
  private final Optional<PrintWriter> paths;
  private final List<Written> pictures = new ArrayList<>();
  private final List<PackedLatents> latents = new ArrayList<>();

  /// @param files one a picture
  /// @param latentsFile for the latents of all pictures
  /// @param paths is told the file of each picture
  Finished(List<Path> files, Optional<Path> latentsFile, Optional<PrintWriter> paths) {
    this.files = files;
    this.latentsFile = latentsFile;
    this.paths = paths;
  }

  /// A picture that is in its file.
  record Written(Path file, long seed, Size size) {}

  @Override
  public void accept(EditResult result) {
    Path file = files.get(pictures.size());
    try {
      byte[] png = new Encoding.Png().encode(result.picture(), Optional.empty());
      PictureWriter.write(file, png);
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
    pictures.add(new Written(file, result.seed(), result.picture().size()));
    if (latentsFile.isPresent()) {
      latents.add(result.latents());
    }
    paths.ifPresent(out -> {
      out.println(file);
      out.flush();
    });
  }

  /// Writes what only all pictures together make.
  void end() {
    latentsFile.ifPresent(file -> {
      try {
        LatentsFile.write(file, latents);
      } catch (IOException e) {
        throw new WriteException(file, e);
      }
    });
  }

  List<Written> pictures() {
    return pictures;
  }
}
