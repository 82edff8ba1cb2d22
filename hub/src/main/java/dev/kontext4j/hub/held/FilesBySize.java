package dev.kontext4j.hub.held;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of some folders by their size, which tells most of them apart without a look inside.
final class FilesBySize {
  private static final int DEEPEST = 12;

  private final Map<Long, Set<Path>> bySize = new HashMap<>();

  /// @param folders of which some may not be there, or not be readable
  FilesBySize(List<Path> folders) {
    for (Path folder : folders) {
      try {
        Files.walkFileTree(
            folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Collector());
      } catch (IOException _) {
        // what cannot be read cannot be used
      }
    }
  }

  List<Path> of(long size) {
    return new ArrayList<>(bySize.getOrDefault(size, Set.of()));
  }

  /// Those whose name is `name`, whatever their size.
  List<Path> called(String name) {
    return bySize.values().stream()
        .flatMap(Set::stream)
        .filter(file -> file.getFileName().toString().equals(name))
        .toList();
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bySize.computeIfAbsent(attributes.size(), _ -> new LinkedHashSet<>()).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // a link to nowhere, or in a circle
    }
  }
}
