package dev.jcompose.core.adapter.build;

import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the steps stand that Docker's first builder counts: every instruction is one, in the order
 * of the file.
 */
final class StepPlaces {
  /** Of a Dockerfile that is not here. */
  static final StepPlaces UNKNOWN = new StepPlaces(new SourceText("", List.of()), List.of());

  /** How the builder begins what it says of a line. */
  private static final Pattern LINE =
      Pattern.compile("dockerfile parse error (?:on )?line (\\d{1,6}): ", Pattern.CASE_INSENSITIVE);

  private final SourceText source;
  private final List<Origin> origins;

  private StepPlaces(SourceText source, List<Origin> origins) {
    this.source = source;
    this.origins = List.copyOf(origins);
  }

  static StepPlaces of(Dockerfile dockerfile) {
    List<Origin> origins = new ArrayList<>();
    dockerfile.globalArguments().forEach(argument -> origins.add(argument.origin()));
    dockerfile
        .stages()
        .forEach(
            stage -> {
              origins.add(stage.from().origin());
              stage.instructions().stream().map(Instruction::origin).forEach(origins::add);
            });
    return new StepPlaces(dockerfile.source(), origins);
  }

  /**
   * What the builder says of the whole file, with the line that it names.
   *
   * @param name what messages call the Dockerfile
   */
  String quote(String name, ApiException refused) {
    String message = String.valueOf(refused.getMessage());
    Matcher line = LINE.matcher(message);
    if (!line.lookingAt()) {
      return name + ": " + message;
    }
    int number = Integer.parseInt(line.group(1));
    return origins.stream()
        .map(Origin::range)
        .filter(range -> range.first() <= number && number <= range.last())
        .findFirst()
        .map(range -> source.quote(range, message.substring(line.end())))
        .orElse(name + ": " + message);
  }

  /**
   * A message with the place of a step and the lines it is about; the message alone when the step
   * stands nowhere, like that for the labels of a build.
   *
   * @param number 1 for the first step; 0 for none
   * @param text the step as the builder told it
   */
  String quote(int number, String text, String message) {
    if (number < 1 || number > origins.size()) {
      return message;
    }
    Origin origin = origins.get(number - 1);
    return text.regionMatches(true, 0, origin.keyword(), 0, origin.keyword().length())
        ? source.quote(origin.range(), message)
        : message;
  }
}
