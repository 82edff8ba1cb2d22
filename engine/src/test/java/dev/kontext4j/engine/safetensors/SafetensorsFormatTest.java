package dev.kontext4j.engine.safetensors;

import static dev.kontext4j.engine.safetensors.HandMade.assertRefused;
import static dev.kontext4j.engine.safetensors.HandMade.bytes;
import static dev.kontext4j.engine.safetensors.HandMade.tensor;
import static dev.kontext4j.engine.safetensors.HandMade.withLength;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the format one by one.
class SafetensorsFormatTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("x.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{}      ", "{} \n\t\r", "{\"__metadata__\":{}}"})
  void emptyFileIsLegal(String header) throws IOException {
    try (var opened = open(bytes(header))) {
      assertEquals(Map.of(), opened.tensors());
      assertEquals(Map.of(), opened.metadata());
    }
  }

  @Test
  void scalarsAndEmptyTensorsAreLegal() throws IOException {
    String header =
        "{%s,%s,%s}"
            .formatted(
                tensor("scalar", "F32", "[]", 0, 4),
                tensor("none", "F32", "[3,0]", 4, 4),
                tensor("last", "U8", "[1]", 4, 5));
    try (var opened = open(bytes(header, new byte[5]))) {
      assertEquals(List.of("scalar", "none", "last"), List.copyOf(opened.tensors().keySet()));
      assertEquals(0, opened.bytes(opened.entry("none")).byteSize());
      assertEquals(List.of(), opened.entry("scalar").shape());
    }
  }

  @Test
  void tensorsComeInTheOrderOfTheirData() throws IOException {
    String header =
        "{%s,%s}".formatted(tensor("b", "U8", "[1]", 1, 2), tensor("a", "U8", "[1]", 0, 1));
    try (var opened = open(bytes(header, new byte[2]))) {
      assertEquals(List.of("a", "b"), List.copyOf(opened.tensors().keySet()));
    }
  }

  @Test
  void metadataIsGivenAsItStands() throws IOException {
    try (var opened =
        open(bytes("{\"__metadata__\":{\"format\":\"pt\",\"\u00fc\":\"\\n\\ud83d\\ude00\"}}"))) {
      assertEquals(Map.of("format", "pt", "\u00fc", "\n\ud83d\ude00"), opened.metadata());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL,8",
    "U8,8",
    "I8,8",
    "F8_E5M2,8",
    "F8_E4M3,8",
    "F8_E8M0,8",
    "F8_E4M3FNUZ,8",
    "F8_E5M2FNUZ,8",
    "I16,16",
    "U16,16",
    "F16,16",
    "BF16,16",
    "I32,32",
    "U32,32",
    "F32,32",
    "C64,64",
    "F64,64",
    "I64,64",
    "U64,64",
    "F4,4",
    "F6_E2M3,6",
    "F6_E3M2,6"
  })
  void everyTypeHasItsSize(String dtype, int size) throws IOException {
    open(bytes("{" + tensor("a", dtype, "[2,4]", 0, size) + "}", new byte[size])).close();
    refused(
        bytes("{" + tensor("a", dtype, "[2,4]", 0, size + 1) + "}", new byte[size + 1]),
        "is %d bytes long, expected %d for %s [2, 4]".formatted(size + 1, size, dtype));
  }

  @Test
  void missingFileFolderAndNothing() throws IOException {
    assertRefused(folder.resolve("absent.safetensors"), "no such file or folder");
    assertRefused(folder, "is not a file");
    refused(new byte[0], "is 0 bytes long");
    refused(new byte[7], "download it again");
  }

  @Test
  void headerLength() throws IOException {
    byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
    refused(withLength(3, header), "says it is 3 bytes long, but only 2 follow");
    refused(withLength(100_000_000, header), "but only 2 follow");
    refused(withLength(100_000_001, header), "header length 100000001, expected at most 100000000");
    refused(withLength(-1, header), "header length 18446744073709551615");
    refused(withLength(0, header), "does not begin with '{'");
    refused(withLength(1, header), "not valid JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | git lfs pull",
        "GGUF and more | this is a GGUF file",
        "PK\u0003\u0004 and more | PyTorch pickle",
        "<!DOCTYPE html> | web page",
        "not a model at all | not a safetensors file"
      })
  void otherFilesAreNamed(String content, String expected) throws IOException {
    refused(content.getBytes(StandardCharsets.UTF_8), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                   | does not begin with '{'",
        "` {}`                                | does not begin with '{'",
        "{} x                                 | not valid JSON",
        "{}{}                                 | nothing after its object",
        "{                                    | not valid JSON",
        "{'a':1}                              | not valid JSON",
        "{\"a\":1}                            | expected an object, got 1",
        "{\"a\":[[[[[[                        | expected an object, got [",
        "{\"a\":{\"b\":1}}                    | unknown field 'b'",
        "{\"a\":{\"dtype\":1}}                | the dtype: expected a string, got 1",
        "{\"a\":{\"shape\":1}}                | the shape: expected a list",
        "{\"a\":{\"shape\":[1.0]}}            | expected whole numbers, got 1.0",
        "{\"a\":{\"shape\":[\"1\"]}}          | expected whole numbers, got 1",
        "{\"a\":{\"shape\":[[1]]}}            | expected whole numbers, got [",
        "{\"a\":{\"shape\":[-1]}}             | expected numbers from 0 to 2^63 - 1, got -1",
        "{\"a\":{\"shape\":[9223372036854775808]}} | expected numbers from 0 to 2^63 - 1",
        "{\"a\":{\"shape\":[01]}}             | not valid JSON",
        "{\"a\":{\"shape\":[NaN]}}            | not valid JSON",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}} | lacks its dtype, shape or data_offsets",
        "{\"a\":{}}                           | lacks its dtype, shape or data_offsets",
        "{\"__metadata__\":1}                 | __metadata__: expected an object",
        "{\"__metadata__\":null}              | __metadata__: expected an object",
        "{\"__metadata__\":{\"a\":1}}         | expected a string, got 1",
        "{\"__metadata__\":{\"a\":{}}}        | expected a string, got {",
        "{\"__metadata__\":{\"a\":\"\\ud800\"}} | is not valid Unicode",
        "{\"\\udc00\":{}}                     | is not valid Unicode",
        "{\"a\\nb\\u001b[31m\":{}}            | tensor 'a?b?[31m' lacks",
      })
  void headerText(String header, String expected) throws IOException {
    refused(bytes(header), expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":E,\"a\":E}",
        "{\"a\":E,\"\\u0061\":E}",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}",
        "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}",
        "{\"a\":{\"shape\":[],\"shape\":[]}}",
        "{\"a\":{\"data_offsets\":[],\"data_offsets\":[]}}"
      })
  void noNameComesTwice(String header) throws IOException {
    String entry = "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";
    refused(bytes(header.replace("E", entry), new byte[1]), "comes twice");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xC0, 0xFF})
  void headerIsUtf8(int wrong) throws IOException {
    byte[] header = "{\"__metadata__\":{\"a\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
    header[22] = (byte) wrong;
    refused(bytes(header), "not valid UTF-8");
  }

  @Test
  void headerIsUtf8ToItsEnd() throws IOException {
    refused(bytes(new byte[] {'{', '}', ' ', (byte) 0xC3}), "not valid UTF-8");
    refused(bytes(new byte[] {'{', '}', 0}), "not valid JSON");
    // Overlong, and half a surrogate pair in bytes: both decode to something in a lax decoder.
    refused(bytes(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80}), "not valid UTF-8");
    refused(bytes(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80}), "not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F128 | [1]   | 0 | 4 | unknown dtype 'F128'",
        "f32  | [1]   | 0 | 4 | unknown dtype 'f32'",
        "F32  | [1]   | 0 | 5 | outside the 4 bytes of data: the file may be cut short",
        "F32  | [2]   | 0 | 4 | is 4 bytes long, expected 8 for F32 [2]",
        "F32  | []    | 0 | 0 | is 0 bytes long, expected 4 for F32 []",
        "F32  | [1]   | 4 | 0 | ends before it begins",
        "U8   | [3]   | 1 | 4 | leaves a hole, expected it to begin at 0",
        "U8   | [3]   | 0 | 3 | bytes after the last tensor: 1, expected none",
        "U8   | [0]   | 4 | 4 | leaves a hole",
        "F4   | [7]   | 0 | 4 | has a size that cannot be",
        "I64  | [2305843009213693952] | 0 | 4 | has a size that cannot be",
        "U8   | [4294967296,4294967296] | 0 | 4 | has a size that cannot be",
        "U8   | [9223372036854775807,3,0] | 0 | 0 | has a size that cannot be",
        "U8   | [4294967297,4294967297] | 0 | 1 | has a size that cannot be",
      })
  void place(String dtype, String shape, long begin, long end, String expected) throws IOException {
    refused(bytes("{" + tensor("a", dtype, shape, begin, end) + "}", new byte[4]), expected);
  }

  @Test
  void offsetsAreTwo() throws IOException {
    for (String offsets : List.of("[]", "[0]", "[0,1,1]")) {
      String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":" + offsets + "}}";
      refused(bytes(header, new byte[1]), "data_offsets, expected 2");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,2,3,4,leaves a hole", "0,3,2,4,overlaps", "0,4,0,4,overlaps", "0,4,2,2,overlaps"})
  void noHolesAndNoOverlaps(long a, long b, long c, long d, String expected) throws IOException {
    String header =
        "{%s,%s}"
            .formatted(
                tensor("a", "U8", "[" + (b - a) + "]", a, b),
                tensor("b", "U8", "[" + (d - c) + "]", c, d));
    refused(bytes(header, new byte[4]), expected);
  }

  @Test
  void dataWithoutTensors() throws IOException {
    refused(bytes("{}", new byte[1]), "bytes after the last tensor: 1, expected none");
  }

  private SafetensorsFile open(byte[] content) throws IOException {
    return SafetensorsFile.open(Files.write(file, content));
  }

  private void refused(byte[] content, String expected) throws IOException {
    assertRefused(Files.write(file, content), expected);
  }
}
