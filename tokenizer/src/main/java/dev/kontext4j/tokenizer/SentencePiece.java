package dev.kontext4j.tokenizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A sentencepiece model (`spiece.model`): a protobuf message of pieces, a trainer's and a
/// normalizer's settings. Field numbers are those of
/// [sentencepiece_model.proto](https://github.com/google/sentencepiece/blob/v0.2.0/src/sentencepiece_model.proto).
final class SentencePiece {
  private static final int UNIGRAM = 1;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  private final Path file;
  private final List<String> pieces = new ArrayList<>();
  private final List<AddedToken> controls = new ArrayList<>();
  private int modelType = UNIGRAM;
  private String normalizer = "null";

  private SentencePiece(Path file) {
    this.file = file;
    var message = new ProtoMessage(file, ModelFile.bytes(file));
    while (message.next()) {
      switch (message.field()) {
        case 1 -> piece(message.message());
        case 2 -> trainer(message.message());
        case 3 -> normalizer(message.message());
        default -> message.skip();
      }
    }
  }

  /// Reads a unigram model and appends T5's extra tokens, which these files leave out.
  static UnigramVocabulary unigram(Path file, int extraIds) {
    var read = new SentencePiece(file);
    if (read.modelType != UNIGRAM || read.pieces.isEmpty()) {
      throw TokenizerException.damaged(file, "not a sentencepiece unigram model", null);
    }
    for (int i = extraIds - 1; i >= 0; i--) {
      read.add("<extra_id_" + i + ">", 0);
    }
    String vocab = '[' + String.join(",\n", read.pieces) + ']';
    return new UnigramVocabulary(vocab, read.normalizer, List.of(), read.controls);
  }

  private void piece(ProtoMessage message) {
    String piece = "";
    float score = 0;
    int type = 1;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> piece = message.string();
        case 2 -> score = message.float32();
        case 3 -> type = (int) message.varint();
        default -> message.skip();
      }
    }
    add(piece, score);
    if (type == CONTROL || type == USER_DEFINED) {
      controls.add(AddedToken.special(piece));
    }
  }

  private void add(String piece, double score) {
    if (!Double.isFinite(score)) {
      throw TokenizerException.damaged(file, "the score of \"" + piece + "\" is " + score, null);
    }
    pieces.add('[' + Backend.quote(piece) + ',' + score + ']');
  }

  private void trainer(ProtoMessage message) {
    while (message.next()) {
      if (message.field() == 3) {
        modelType = (int) message.varint();
      } else {
        message.skip();
      }
    }
  }

  private void normalizer(ProtoMessage message) {
    while (message.next()) {
      if (message.field() == 2) {
        byte[] map = message.bytes();
        normalizer = map.length == 0 ? "null" : CharsMap.normalizer(file, map);
      } else {
        message.skip();
      }
    }
  }
}
