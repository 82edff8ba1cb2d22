package dev.kontext4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the house that neither javac nor module-info can see. They live here because `cli`
/// stands on everything else.
class ArchitectureTest {
  private static final String HOUSE = "dev.kontext4j.";
  private static final String CLI = HOUSE + "cli..";
  private static final String TORCH = HOUSE + "engine.internal..";
  private static final String[] NATIVE_MEMORY = {
    TORCH,
    HOUSE + "engine.file..",
    HOUSE + "engine.safetensors..",
    HOUSE + "engine.gguf..",
    HOUSE + "engine.checkpoint.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kontext4j");

  /// Rules hold for nothing at all too, so make sure that there is something.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine",
        "tokenizer",
        "vae",
        "transformer",
        "lora",
        "sampler",
        "toybox",
        "hub",
        "cli"
      })
  void everyModuleIsSeen(String module) {
    assertTrue(
        CLASSES.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .anyMatch(type -> type.getPackageName().startsWith(HOUSE + module)),
        () -> "no classes of " + module + " on the class path");
  }

  @Test
  void arrowsPointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("engine")
        .definedBy(HOUSE + "engine..")
        .layer("tokenizer")
        .definedBy(HOUSE + "tokenizer..")
        .layer("vae")
        .definedBy(HOUSE + "vae..")
        .layer("transformer")
        .definedBy(HOUSE + "transformer..")
        .layer("lora")
        .definedBy(HOUSE + "lora..")
        .layer("sampler")
        .definedBy(HOUSE + "sampler..")
        .layer("toybox")
        .definedBy(HOUSE + "toybox..")
        .layer("hub")
        .definedBy(HOUSE + "hub..")
        .layer("cli")
        .definedBy(CLI)
        .layer("testkit")
        .definedBy(HOUSE + "testkit..")
        .whereLayer("engine")
        .mayNotAccessAnyLayer()
        .whereLayer("tokenizer")
        .mayNotAccessAnyLayer()
        .whereLayer("vae")
        .mayOnlyAccessLayers("engine")
        .whereLayer("transformer")
        .mayOnlyAccessLayers("engine")
        .whereLayer("lora")
        .mayOnlyAccessLayers("engine")
        .whereLayer("sampler")
        .mayOnlyAccessLayers("engine", "tokenizer", "vae", "transformer")
        .whereLayer("toybox")
        .mayOnlyAccessLayers("engine")
        .whereLayer("hub")
        .mayOnlyAccessLayers("engine")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("testkit")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void nativeMemoryStaysInTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(NATIVE_MEMORY)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .because("only the binding of libtorch and the reader of mapped files touch raw memory")
        .check(CLASSES);
  }

  @Test
  void arenasHaveAnOwner() {
    noClasses()
        .that()
        .resideOutsideOfPackage(TORCH)
        .should()
        .callMethod(Arena.class, "global")
        .orShould()
        .callMethod(Arena.class, "ofAuto")
        .because("native memory that nobody closes is a leak, or freed at a time nobody chose")
        .check(CLASSES);
  }

  @Test
  void onlyTheProgramEndsTheProcessOrPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("a library throws or returns; what people read is up to the program")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .because("such names hide that a thing has no idea of its own")
        .check(CLASSES);
  }
}
