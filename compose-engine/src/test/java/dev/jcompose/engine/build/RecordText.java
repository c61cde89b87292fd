package dev.jcompose.engine.build;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.source.SourceRange;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints records for golden files: what is empty, false or absent is left out. */
final class RecordText {
  private RecordText() {}

  static String of(Dockerfile file) {
    StringBuilder text = new StringBuilder();
    var directives = file.directives();
    if (!directives.syntax().isEmpty()
        || !directives.check().isEmpty()
        || directives.escape() != '\\') {
      text.append("directives ").append(fields(directives)).append('\n');
    }
    file.globalArguments().forEach(argument -> line(text, argument));
    for (Stage stage : file.stages()) {
      text.append("stage ").append(stage.index()).append(' ').append(stage.title()).append('\n');
      line(text, stage.from());
      stage.instructions().forEach(instruction -> line(text, instruction));
    }
    file.emptyContinuations()
        .forEach(
            range ->
                text.append("empty continuation in ")
                    .append(range.first())
                    .append('-')
                    .append(range.last())
                    .append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, Instruction instruction) {
    var range = instruction.origin().range();
    text.append("%3d-%d %s".formatted(range.first(), range.last(), instruction.keyword()));
    String fields = fields((Record) instruction);
    text.append(fields.isEmpty() ? "" : " " + fields);
    if (!instruction.origin().comments().isEmpty()) {
      text.append(" comments=").append(value(instruction.origin().comments()));
    }
    text.append('\n');
  }

  static String fields(Record record) {
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = get(record, component);
      if (!(value instanceof Origin) && !isNothing(value)) {
        text.append(text.isEmpty() ? "" : " ")
            .append(component.getName())
            .append('=')
            .append(value(value));
      }
    }
    return text.toString();
  }

  private static @Nullable Object get(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || value.equals("")
        || value.equals("default")
        || value.equals("sandbox")
        || value.equals(SourceRange.NONE)
        || value.equals(false)
        || value.equals(List.of())
        || value.equals(Duration.ZERO)
        || value.equals(0);
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text ->
          '"'
              + text.replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\t", "\\t")
                  .replace("\r", "\\r")
              + '"';
      case List<?> list ->
          list.stream().map(RecordText::value).collect(Collectors.joining(", ", "[", "]"));
      case Record record -> record.getClass().getSimpleName() + "(" + fields(record) + ")";
      default -> String.valueOf(value);
    };
  }
}
