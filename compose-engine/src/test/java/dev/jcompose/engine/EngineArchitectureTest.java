package dev.jcompose.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.jcompose.engine",
    importOptions = EngineArchitectureTest.MainClasses.class)
class EngineArchitectureTest {
  private static final String BASE = "dev.jcompose.engine";

  static final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      // Whatever the build calls it: the place this test was loaded from.
      return !location.contains(
          EngineArchitectureTest.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .getPath());
    }
  }

  @ArchTest
  static final ArchRule apiStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".api..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are of the engine outside of api",
                  type ->
                      type.getPackageName().startsWith(BASE)
                          && !type.getPackageName().startsWith(BASE + ".api")))
          .because("the command line loads api alone; move what both need into api");

  @ArchTest
  static final ArchRule apiIsLean =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "com.sun.jna..",
              "tools.jackson.databind..",
              "java.util.regex..",
              "java.net.http..",
              "java.util.logging..")
          .because(
              "it is on the path of every command; use api.json, SocketChannel and plain loops");

  @ArchTest
  static final ArchRule onlyTheKernelPackageKnowsJna =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".linux.jna..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..")
          .because("code that decides must run against a recording kernel; call linux.Kernel");

  @ArchTest
  static final ArchRule onlyWireKnowsTheWireRecords =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + ".api..", BASE + ".http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              BASE + ".api.config..",
              BASE + ".api.container..",
              BASE + ".api.exec..",
              BASE + ".api.image..",
              BASE + ".api.network..",
              BASE + ".api.resources..",
              BASE + ".api.system..",
              BASE + ".api.volume..")
          .because("services speak their own types; map wire records in http.wire");

  @ArchTest
  static final ArchRule nettyStaysAtTheSockets =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + ".http", BASE + ".http.channel..", BASE + ".network..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .because("services block on virtual threads; use Exchange, Inflow and Outflow");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .matching(BASE + ".(**)")
          .should()
          .beFreeOfCycles()
          // What implements Networks lives beside its interface and calls the packages below it.
          .ignoreDependency(
              resideInAPackage(BASE + ".network"), resideInAnyPackage(BASE + ".network.*"))
          .because("the packages are layers; move the shared type to the lower one");
}
