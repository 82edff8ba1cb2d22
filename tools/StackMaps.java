import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Gives the classes of jars that were compiled for a very old Java what newer ones have: stack maps,
/// which tell the types at each branch target. Without them the JVM keeps no class in its
/// ahead-of-time cache, but reads it from the jar and works the types out at each start.
///
///     java tools/StackMaps.java JAR...
static final int FIRST_WITH_MAPS = ClassFile.JAVA_7_VERSION; // that has no way without them

void main(String[] jars) throws IOException {
  for (String jar : jars) {
    modernise(Path.of(jar));
  }
}

void modernise(Path jar) throws IOException {
  try (var classes = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
    var types = ClassHierarchyResolver.ofResourceParsing(classes);
    var format =
        ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(types));
    try (var files = FileSystems.newFileSystem(jar)) {
      for (Path file : classFiles(files.getPath("/"))) {
        ClassModel old = format.parse(file);
        if (old.majorVersion() < FIRST_WITH_MAPS) {
          Files.write(file, format.transformClass(old, newVersion().andThen(newCode())));
        }
      }
    }
  }
}

List<Path> classFiles(Path root) throws IOException {
  try (var all = Files.walk(root)) {
    return all.filter(file -> file.toString().endsWith(".class")).toList();
  }
}

ClassTransform newVersion() {
  return (builder, element) -> builder.with(element instanceof ClassFileVersion ? version() : element);
}

ClassElement version() {
  return ClassFileVersion.of(FIRST_WITH_MAPS, 0);
}

/// The same instructions, written anew and with their maps.
ClassTransform newCode() {
  return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
}
