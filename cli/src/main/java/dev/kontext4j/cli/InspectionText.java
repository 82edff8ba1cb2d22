package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.hub.inspect.FileIdentity;
import dev.kontext4j.hub.inspect.Inspection;
import dev.kontext4j.hub.inspect.Pairing;
import dev.kontext4j.hub.inspect.Part;
import dev.kontext4j.hub.inspect.Precision;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What files turned out to be, in words and as JSON.
///
/// @param path that was named
record InspectionText(Path path, List<Inspection> inspections) {
  private static final int LONGEST_METADATA = 120;

  void print(PrintWriter out) {
    for (Inspection inspection : inspections) {
      out.println(inspection.path());
      columns(inspection).print(out, "  ");
    }
    Pairing.problems(inspections).forEach(problem -> out.println("These do not fit: " + problem));
  }

  private static Columns columns(Inspection inspection) {
    var columns = new Columns();
    if (inspection.parts().isEmpty()) {
      columns.add("holds", "nothing that belongs to FLUX.1");
    }
    for (Part part : inspection.parts()) {
      String behind = part.prefix().isEmpty() ? "" : " behind " + part.prefix();
      columns.add(part.kind().title(), "%s (%s%s)".formatted(part.what(), part.layout(), behind));
    }
    columns.add("identity", identity(inspection));
    columns.add("numbers", numbers(inspection.precision()));
    columns.add(
        "file",
        "%s, %s, %d tensors"
            .formatted(
                inspection.format(), Bytes.decimal(bytes(inspection)), inspection.tensors()));
    inspection.metadata().forEach((key, value) -> columns.add(key, shortened(value)));
    return columns;
  }

  private static String identity(Inspection inspection) {
    if (inspection.isKnown()) {
      return inspection.files().stream()
          .flatMap(file -> file.known().stream())
          .map(InspectionText::name)
          .collect(Collectors.joining("; "));
    }
    return inspection.isCompared()
        ? "unknown: the sha256 is of no file in models.lock"
        : "not compared; --hash reads all of it and compares its sha256 with models.lock";
  }

  private static String name(LockedFile file) {
    return "%s of %s, by its sha256".formatted(file.path(), file.repository().name());
  }

  private static String numbers(Precision precision) {
    var words = new ArrayList<String>();
    if (!precision.scheme().isEmpty()) {
      words.add(precision.scheme());
    }
    precision
        .types()
        .forEach((type, count) ->
            words.add(
                "%s: %s in %d tensors".formatted(type, amount(count.elements()), count.tensors())));
    return String.join("; ", words);
  }

  private static String amount(long elements) {
    return elements >= 1_000_000_000
        ? String.format(Locale.ROOT, "%.2f billion", elements / 1e9)
        : elements >= 1_000_000
            ? String.format(Locale.ROOT, "%.1f million", elements / 1e6)
            : Long.toString(elements);
  }

  private static long bytes(Inspection inspection) {
    return inspection.files().stream().mapToLong(FileIdentity::bytes).sum();
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_METADATA
        ? value
        : value.substring(0, LONGEST_METADATA) + "... (%d letters)".formatted(value.length());
  }

  ObjectNode json() {
    var root = JsonNodeFactory.instance.objectNode().put("path", path.toString());
    var array = root.putArray("weights");
    inspections.forEach(inspection -> put(array.addObject(), inspection));
    var problems = root.putArray("problems");
    Pairing.problems(inspections).forEach(problems::add);
    return root;
  }

  private static void put(ObjectNode object, Inspection inspection) {
    object
        .put("path", inspection.path().toString())
        .put("format", inspection.format())
        .put("tensors", inspection.tensors())
        .put("elements", inspection.precision().elements())
        .put("scheme", inspection.precision().scheme());
    var types = object.putObject("types");
    inspection
        .precision()
        .types()
        .forEach((type, count) ->
            types
                .putObject(type)
                .put("tensors", count.tensors())
                .put("elements", count.elements()));
    var parts = object.putArray("parts");
    for (Part part : inspection.parts()) {
      parts
          .addObject()
          .put("kind", part.kind().name().toLowerCase(Locale.ROOT))
          .put("what", part.what())
          .put("layout", part.layout())
          .put("prefix", part.prefix())
          .put("usable", part.usable());
    }
    var files = object.putArray("files");
    inspection.files().forEach(file -> put(files.addObject(), file));
    inspection.metadata().forEach(object.putObject("metadata")::put);
  }

  private static void put(ObjectNode object, FileIdentity file) {
    object.put("path", file.path().toString()).put("bytes", file.bytes());
    file.sha256().ifPresent(hash -> object.put("sha256", hash.digits()));
    file.known()
        .ifPresent(known ->
            object
                .putObject("known")
                .put("repository", known.repository().name())
                .put("path", known.path())
                .put("precision", known.precision()));
  }
}
