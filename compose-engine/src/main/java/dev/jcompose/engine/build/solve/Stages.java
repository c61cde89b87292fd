package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.mount.MountParser;
import dev.jcompose.engine.build.mount.RunMount;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.image.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which stage needs which, and so which are built at all. */
final class Stages {
  private final List<Stage> all;
  private final Map<Integer, Base> bases;

  /**
   * What a stage stands on.
   *
   * @param image its name, or a stage's, with variables expanded
   * @param platform what it is for; null for whatever suits this machine
   */
  record Base(String image, @Nullable Platform platform) {}

  /**
   * @param bases what each stage stands on, by its number
   */
  Stages(List<Stage> all, Map<Integer, Base> bases) {
    this.all = all;
    this.bases = bases;
  }

  /** The stage of this name before stage {@code before}; the last of that name wins. */
  @Nullable Stage byName(String name, int before) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return all.subList(0, before).reversed().stream()
        .filter(stage -> !stage.name().isEmpty() && stage.name().equals(wanted))
        .findFirst()
        .orElse(null);
  }

  /** The stage of this name or number before stage {@code before}. */
  @Nullable Stage byReference(String reference, int before) {
    Stage named = byName(reference, before);
    if (named != null || !reference.matches("\\d{1,9}")) {
      return named;
    }
    int index = Integer.parseInt(reference);
    return index < before ? all.get(index) : null;
  }

  /** The stage to build. */
  @Nullable Stage target(String name) {
    return name.isEmpty() ? all.getLast() : byReference(name, all.size());
  }

  /** What this stage stands on. */
  Base base(Stage stage) {
    return Objects.requireNonNull(bases.get(stage.index()));
  }

  /**
   * A stage and all it needs, in the order of the file, which is one in which they can be built.
   */
  List<Stage> needed(Stage target) {
    TreeMap<Integer, Stage> needed = new TreeMap<>();
    collect(target, needed);
    return List.copyOf(needed.values());
  }

  private void collect(Stage stage, Map<Integer, Stage> needed) {
    if (needed.put(stage.index(), stage) == null) {
      needs(stage).forEach(each -> collect(each, needed));
    }
  }

  /** The stages this one stands on or takes files from. */
  List<Stage> needs(Stage stage) {
    TreeSet<Integer> needs = new TreeSet<>();
    Stage base = byName(base(stage).image(), stage.index());
    if (base != null) {
      needs.add(base.index());
    }
    for (Instruction instruction : stage.instructions()) {
      for (String from : sources(instruction)) {
        Stage source = byReference(from, stage.index());
        if (source != null) {
          needs.add(source.index());
        }
      }
    }
    return needs.stream().map(all::get).toList();
  }

  private static List<String> sources(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Copy copy -> copy.from().isEmpty() ? List.of() : List.of(copy.from());
      case Instruction.Run run -> {
        List<String> sources = new ArrayList<>();
        for (String mount : run.mounts()) {
          try {
            switch (MountParser.parse(mount, text -> text)) {
              case RunMount.Bind bind -> sources.add(bind.from());
              case RunMount.Cache cache -> sources.add(cache.from());
              case RunMount.Tmpfs _, RunMount.Secret _, RunMount.Ssh _ -> {}
            }
          } catch (SyntaxException e) {
            // Told when its variables are known and the step is reached.
          }
        }
        yield sources;
      }
      default -> List.of();
    };
  }
}
