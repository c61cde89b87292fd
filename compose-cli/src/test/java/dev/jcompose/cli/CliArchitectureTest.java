package dev.jcompose.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.jcompose", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {
  @ArchTest
  static final ArchRule seesOfTheEngineOnlyItsApi =
      noClasses()
          .that()
          .resideInAPackage("dev.jcompose.cli..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "the engine behind its API",
                  c ->
                      c.getPackageName().startsWith("dev.jcompose.engine")
                          && !c.getPackageName().startsWith("dev.jcompose.engine.api")
                          && !c.getPackageName().startsWith("dev.jcompose.engine.oci")
                          && !c.getPackageName().equals("dev.jcompose.engine.tar")
                          && !c.getPackageName().equals("dev.jcompose.engine.build.ignore")
                          && !c.getPackageName().equals("dev.jcompose.engine.build.source")))
          .because(
              "the engine is another process; ask it through core.port or engine.api.client; only"
                  + " the OCI command line, which has no engine, the format of archives and that of"
                  + " ignore files are shared");

  @ArchTest
  static final ArchRule loadsNoHeavyLibraries =
      noClasses()
          .that()
          .resideInAPackage("dev.jcompose.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..", "com.sun.jna..", "tools.jackson.databind..", "java.util.logging..")
          .because("each costs the command line 30 to 150 ms; use engine.api.client and its Json");

  @ArchTest
  static final ArchRule rendersWithoutCommands =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.jcompose.cli.render..",
              "dev.jcompose.cli.follow..",
              "dev.jcompose.cli.engine..",
              "dev.jcompose.cli.terminal..",
              "dev.jcompose.cli.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.jcompose.cli.command..")
          .because("commands use the parts; hand a part what it needs as an argument");

  @ArchTest
  static final ArchRule commandsDoNotParseThemselves =
      noClasses()
          .that()
          .resideInAPackage("dev.jcompose.cli.command.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("Syntax and Arguments are the one way to declare and read options");
}
