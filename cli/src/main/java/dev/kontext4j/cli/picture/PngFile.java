package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A PNG file. Decoding follows the PNG specification (third edition).
final class PngFile implements PictureFile {
  private final byte[] file;
  private final PngHeader header;
  private final List<PngChunk> data = new ArrayList<>();
  private final Metadata metadata = new Metadata();
  private byte[] palette = {};
  private byte[] transparency = {};

  PngFile(byte[] file) throws IOException {
    this.file = file;
    this.header = PngHeader.read(file);
    for (PngChunk chunk : PngChunk.scan(file)) {
      switch (chunk.type()) {
        case "PLTE" -> palette = chunk.bytes(file);
        case "tRNS" -> transparency = chunk.bytes(file);
        case "IDAT" -> data.add(chunk);
        case "eXIf" -> metadata.addExif(chunk.bytes(file));
        case "iTXt", "tEXt", "zTXt" ->
            metadata.addText(PngText.of(chunk.type(), chunk.bytes(file)));
        default -> {
          // nothing that changes pixels as Pillow sees them
        }
      }
    }
  }

  @Override
  public Size size() {
    return header.size();
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Picture decode(AlphaMode alpha) throws IOException {
    var canvas = new RgbCanvas(size(), alpha);
    var colours = new PngColours(header, palette, transparency);
    try (var rows = new PngRows(file, data, header)) {
      for (PngPass pass : header.interlaced() ? PngPass.ADAM7 : PngPass.WHOLE) {
        int width = pass.width(size());
        int height = width == 0 ? 0 : pass.height(size());
        rows.startPass(width);
        for (int row = 0; row < height; row++) {
          byte[] samples = rows.next();
          for (int i = 0; i < width; i++) {
            colours.put(canvas, samples, i, pass.x(i), pass.y(row));
          }
        }
      }
    }
    return canvas.picture();
  }
}
