package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Upper and lower case of keywords and names. */
final class CasingChecks {
  private CasingChecks() {}

  static void run(Dockerfile file, Findings findings) {
    keywords(file, findings);
    for (Stage stage : file.stages()) {
      Origin origin = stage.from().origin();
      if (stage.name().isEmpty()) {
        continue;
      }
      List<String> words = List.of(origin.text().split("\\s+"));
      String name = words.getLast();
      if (!name.equals(stage.name())) {
        findings.add(
            Rule.STAGE_NAME_CASING,
            origin,
            name,
            "stage name \"" + name + "\" should be in lower case: " + stage.name());
      }
      String as = words.get(words.size() - 2);
      boolean same =
          isUpper(as) ? isUpper(origin.keyword()) : !isLower(as) || isLower(origin.keyword());
      if (!same) {
        findings.add(
            Rule.FROM_AS_CASING,
            origin,
            as,
            "\"" + as + "\" and \"" + origin.keyword() + "\" should be in the same case");
      }
    }
  }

  private static void keywords(Dockerfile file, Findings findings) {
    List<Origin> all = new ArrayList<>();
    file.globalArguments().forEach(argument -> all.add(argument.origin()));
    for (Stage stage : file.stages()) {
      all.add(stage.from().origin());
      stage.instructions().stream().map(Instruction::origin).forEach(all::add);
    }
    long upper = all.stream().filter(origin -> isUpper(origin.keyword())).count();
    long lower = all.stream().filter(origin -> isLower(origin.keyword())).count();
    boolean toLower = lower > upper;
    for (Origin origin : all) {
      String keyword = origin.keyword();
      if (toLower ? !isLower(keyword) : !isUpper(keyword)) {
        findings.add(
            Rule.CONSISTENT_INSTRUCTION_CASING,
            origin,
            keyword,
            "\""
                + keyword
                + "\" should be in "
                + (toLower ? "lower" : "upper")
                + " case like most keywords of the file");
      }
    }
  }

  private static boolean isUpper(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }

  private static boolean isLower(String word) {
    return word.equals(word.toLowerCase(Locale.ROOT));
  }
}
