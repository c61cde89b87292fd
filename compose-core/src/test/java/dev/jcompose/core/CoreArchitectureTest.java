package dev.jcompose.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.jcompose.core", importOptions = CoreArchitectureTest.MainOnly.class)
class CoreArchitectureTest {
  static final class MainOnly implements ImportOption {
    @Override
    public boolean includes(Location location) {
      // Whatever the build calls it: the place this test was loaded from.
      return !location.contains(
          CoreArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
  }

  private static final String[] PLANNING = {
    "..core.desired..", "..core.observed..", "..core.plan..", "..core.graph..", "..core.project.."
  };

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .matching("dev.jcompose.core.(**)")
          .should()
          .beFreeOfCycles()
          .because(
              "the packages are phases with one direction; move the shared type to the earlier"
                  + " phase or into a package of its own");

  @ArchTest
  static final ArchRule onlyTheAdapterSeesTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..core.adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.jcompose.engine..")
          .because("core talks to an engine through core.port; extend the port and its adapter");

  @ArchTest
  static final ArchRule theAdapterSeesOfTheEngineOnlyItsApi =
      noClasses()
          .that()
          .resideInAPackage("..core.adapter")
          .should()
          .dependOnClassesThat(
              describe(
                  "the engine behind its API",
                  type ->
                      type.getPackageName().startsWith("dev.jcompose.engine")
                          && !type.getPackageName().startsWith("dev.jcompose.engine.api")))
          .because("the engine is another process; ask it through engine.api.client");

  @ArchTest
  static final ArchRule buildsForForeignEnginesReadDockerfilesAsTheOwnEngineDoes =
      noClasses()
          .that()
          .resideInAPackage("..core.adapter.build")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.jcompose.engine",
              "dev.jcompose.engine.build.solve..",
              "dev.jcompose.engine.build.run..",
              "dev.jcompose.engine.build.cache..",
              "dev.jcompose.engine.build.tree..",
              "dev.jcompose.engine.daemon..",
              "dev.jcompose.engine.http..",
              "dev.jcompose.engine.linux..")
          .because(
              "what reads text is shared with the engine, so that mistakes are told the same; what"
                  + " builds is the engine's");

  @ArchTest
  static final ArchRule usesNoHeavyLibraries =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..", "com.sun.jna..", "tools.jackson..", "com.fasterxml.jackson..")
          .because(
              "core is on the command line's hot path; render has a JSON printer, and the wire"
                  + " codec is engine.api.json behind the adapter");

  @ArchTest
  static final ArchRule onlyTheReaderSeesTheYamlLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("..core.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..")
          .because("every other phase works on YamlNode, which knows its place and its story");

  @ArchTest
  static final ArchRule planningReadsNoClockNoFileAndNoEnvironment =
      noClasses()
          .that()
          .resideInAnyPackage(PLANNING)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .because("a plan is a function of its arguments; let the caller pass what it needs in");

  @ArchTest
  static final ArchRule coreReadsNoEnvironment =
      noClasses()
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("the environment comes in through LoadRequest, so that tests can choose it");

  @ArchTest
  static final ArchRule onlyLoadingReadsFiles =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..core.yaml..",
              "..core.attribute..",
              "..core.interpolate..",
              "..core.dotenv..",
              "..core.merge..",
              "..core.canonical..",
              "..core.validate..",
              "..core.normalize..",
              "..core.bind..",
              "..core.render..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files")
          .because("the phases work on text and nodes; core.load.Session reads files for them");

  @ArchTest
  static final ArchRule exceptionsAreNamedSo =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .and()
          .arePublic()
          .should()
          .haveSimpleNameEndingWith("Exception")
          .because("a reader of a catch clause should see what it is");
}
