package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.http.Filters;

/** Which events a client wants. */
final class EventFilter {
  static final String[] KEYS = {
    "builder",
    "config",
    "container",
    "daemon",
    "event",
    "image",
    "label",
    "label!",
    "network",
    "node",
    "plugin",
    "scope",
    "secret",
    "service",
    "type",
    "volume"
  };

  private final Filters filters;

  EventFilter(Filters filters) {
    this.filters = filters;
  }

  boolean matches(Event event) {
    return filters.any("type", text -> event.type().text().equals(text))
        && filters.any("event", text -> isAction(event.action(), text))
        && filters.any("scope", text -> text.equals("local"))
        && filters.any("daemon", text -> true)
        && filters.labels(event.attributes())
        && isAbout(event, "container", Event.Type.CONTAINER)
        && isAbout(event, "network", Event.Type.NETWORK)
        && isAbout(event, "volume", Event.Type.VOLUME)
        && filters.any("image", text -> isImage(event, text));
  }

  /** Actions with detail after a colon match by their beginning, all others as a whole. */
  private static boolean isAction(String action, String text) {
    boolean detailed =
        text.contains("health_status")
            || text.contains("exec_create")
            || text.contains("exec_start");
    return detailed ? action.startsWith(text) : action.equals(text);
  }

  private boolean isAbout(Event event, String key, Event.Type type) {
    return filters.any(
        key,
        text ->
            event.type() == type
                && (event.id().startsWith(text) || text.equals(event.attributes().get("name"))));
  }

  private static boolean isImage(Event event, String text) {
    String name =
        switch (event.type()) {
          case IMAGE -> event.attributes().getOrDefault("name", "");
          case CONTAINER -> event.attributes().getOrDefault("image", "");
          case NETWORK, VOLUME, DAEMON, BUILDER -> "";
        };
    return (event.type() == Event.Type.IMAGE && event.id().startsWith(text))
        || (!name.isEmpty() && (name.equals(text) || withoutTag(name).equals(text)));
  }

  private static String withoutTag(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
