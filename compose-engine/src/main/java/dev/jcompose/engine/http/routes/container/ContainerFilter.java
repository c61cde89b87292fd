package dev.jcompose.engine.http.routes.container;

import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Reference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Which containers a list shows. */
final class ContainerFilter {
  static final String[] KEYS = {
    "ancestor",
    "before",
    "exited",
    "expose",
    "health",
    "id",
    "is-task",
    "isolation",
    "label",
    "label!",
    "name",
    "network",
    "publish",
    "since",
    "status",
    "volume"
  };

  private final Filters filters;
  private final boolean stoppedToo;
  private final @Nullable Instant before;
  private final @Nullable Instant since;

  /**
   * Prepares a filter.
   *
   * @param stoppedToo also show containers that do not run; a filter by state implies it
   * @param all where {@code before} and {@code since} find the containers they name
   */
  ContainerFilter(Filters filters, boolean stoppedToo, List<ContainerRecord> all) {
    this.filters = filters;
    this.stoppedToo = stoppedToo || filters.has("status");
    this.before = created("before", all);
    this.since = created("since", all);
    for (String status : filters.values("status")) {
      if (Arrays.stream(Status.values()).noneMatch(known -> known.text().equals(status))) {
        throw HttpProblem.badRequest("invalid filter 'status=" + status + "'");
      }
    }
    for (String code : filters.values("exited")) {
      if (!code.matches("-?\\d{1,9}")) {
        throw HttpProblem.badRequest("invalid filter 'exited=" + code + "'");
      }
    }
  }

  boolean matches(ContainerRecord container) {
    return (stoppedToo || container.state().running())
        && filters.labels(container.spec().labels())
        && filters.any("id", text -> fits(container.id(), text))
        && filters.any("name", text -> nameFits(container.name(), text))
        && filters.any("status", text -> container.state().status().text().equals(text))
        && filters.any("exited", text -> hasExited(container, text))
        && filters.any("health", text -> health(container).equals(text))
        && filters.any("ancestor", text -> isMadeFrom(container, text))
        && filters.any("network", text -> isOn(container, text))
        && filters.any("volume", text -> mounts(container, text))
        && filters.any("publish", text -> publishes(container, text))
        && filters.any("expose", text -> exposes(container, text))
        && !Boolean.TRUE.equals(filters.flag("is-task"))
        && (before == null || container.created().isBefore(before))
        && (since == null || container.created().isAfter(since));
  }

  private @Nullable Instant created(String key, List<ContainerRecord> all) {
    for (String text : filters.values(key)) {
      return all.stream()
          .filter(one -> one.id().startsWith(text) || one.name().equals(text.replace("/", "")))
          .findFirst()
          .orElseThrow(() -> new HttpProblem(404, "No such container: " + text))
          .created();
    }
    return null;
  }

  /** Names match in part and by regular expression, with and without the slash before them. */
  private static boolean nameFits(String name, String text) {
    return fits(name, text) || fits("/" + name, text);
  }

  private static boolean fits(String value, String text) {
    try {
      return value.startsWith(text) || Pattern.compile(text).matcher(value).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean hasExited(ContainerRecord container, String code) {
    return container.state().finishedAt() != null
        && !container.state().running()
        && container.state().exitCode() == Integer.parseInt(code);
  }

  private static String health(ContainerRecord container) {
    Health health = container.state().health();
    return health == null ? "none" : health.status().text();
  }

  private static boolean isMadeFrom(ContainerRecord container, String image) {
    String id = container.imageId();
    if (id.equals(image) || (image.length() >= 4 && id.startsWith("sha256:" + image))) {
      return true;
    }
    String own = container.spec().image();
    if (own.equals(image)) {
      return true;
    }
    try {
      return Reference.parse(own).orLatest().equals(Reference.parse(image).orLatest());
    } catch (BadReferenceException e) {
      return false;
    }
  }

  private static boolean isOn(ContainerRecord container, String network) {
    return container.endpoints().stream()
        .anyMatch(
            one ->
                one.network().equals(network)
                    || (!one.networkId().isEmpty() && one.networkId().startsWith(network)));
  }

  private static boolean mounts(ContainerRecord container, String volume) {
    return container.mounts().stream()
        .anyMatch(
            mount ->
                mount.name().equals(volume)
                    || mount.destination().equals(volume)
                    || mount.source().equals(volume));
  }

  private static boolean publishes(ContainerRecord container, String port) {
    return container.ports().stream()
        .anyMatch(bound -> isWithin(bound.hostPort(), bound.protocol(), port));
  }

  private static boolean exposes(ContainerRecord container, String port) {
    return container.spec().network().exposed().stream()
        .anyMatch(
            exposed -> {
              int slash = exposed.indexOf('/');
              return isWithin(
                  Integer.parseInt(exposed.substring(0, slash)),
                  exposed.substring(slash + 1),
                  port);
            });
  }

  /** Whether a port is in {@code first[-last][/protocol]}. */
  private static boolean isWithin(int number, String protocol, String text) {
    int slash = text.indexOf('/');
    String wanted = slash < 0 ? "tcp" : text.substring(slash + 1);
    String range = slash < 0 ? text : text.substring(0, slash);
    int dash = range.indexOf('-');
    try {
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      return wanted.equals(protocol) && number >= first && number <= last;
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("invalid filter: \"" + text + "\" is not a port");
    }
  }
}
