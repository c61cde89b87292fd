package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Makes one document's tree out of parser events, on a stack of its own. */
final class TreeBuilder {
  private final String file;
  private final Budget budget;
  private final Problems problems;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private final ArrayDeque<Frame> open = new ArrayDeque<>();
  private final List<YamlDocument.Removal> removals = new ArrayList<>();
  private @Nullable YamlNode root;

  /** A map or list that is not finished. */
  private static final class Frame {
    final @Nullable YamlMap map;
    final @Nullable YamlList list;
    final @Nullable String anchor;
    final @Nullable String removalTag;

    /** The key whose value comes next; null when a key comes next. */
    @Nullable String key;

    @Nullable Location keyLocation;

    /** What {@code <<} brought; own keys win, whether they come before or after it. */
    final List<YamlMap> merged = new ArrayList<>();

    Frame(YamlNode node, @Nullable String anchor, @Nullable String removalTag) {
      this.map = node instanceof YamlMap m ? m : null;
      this.list = node instanceof YamlList l ? l : null;
      this.anchor = anchor;
      this.removalTag = removalTag;
    }

    YamlNode node() {
      if (map != null) {
        return map;
      }
      if (list != null) {
        return list;
      }
      throw new IllegalStateException("a frame holds a map or a list");
    }
  }

  TreeBuilder(String file, Budget budget, Problems problems) {
    this.file = file;
    this.budget = budget;
    this.problems = problems;
  }

  void accept(Event event) throws ComposeException {
    switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case Alias -> alias((AliasEvent) event);
      case MappingStart, SequenceStart -> start((CollectionStartEvent) event);
      case MappingEnd, SequenceEnd -> end();
      case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
    }
  }

  YamlDocument finish() throws ComposeException {
    YamlNode node = root;
    if (node == null || (node instanceof YamlScalar scalar && scalar.isNull())) {
      return new YamlDocument(new YamlMap(Origin.written(new Location(file, 1, 1))), removals);
    }
    if (node instanceof YamlMap map) {
      return new YamlDocument(map, removals);
    }
    throw new ComposeException(
        new Problem(
            node.location(),
            "",
            "a Compose file is a map of sections, this is " + node.kind(),
            "start with \"services:\""));
  }

  private void scalar(ScalarEvent event) throws ComposeException {
    Location location = locate(event);
    budget.spend(location);
    Frame frame = open.peek();
    if (frame != null && frame.map != null && frame.key == null) {
      key(frame, event, location);
      return;
    }
    Origin origin = Origin.written(location);
    String tag = event.getTag().orElse(null);
    YamlScalar node = YamlScalar.resolved(value(event, tag, location), event.getValue(), origin);
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    place(node, isRemoval(tag) ? tag : null);
  }

  private @Nullable Object value(ScalarEvent event, @Nullable String tag, Location location) {
    String text = event.getValue();
    if (tag == null || tag.equals("!")) {
      return event.isPlain() && tag == null ? ScalarRules.resolve(text) : text;
    }
    if (isRemoval(tag)) {
      // docker compose takes what stands after a tag for text, even "null", which nobody means.
      return event.isPlain() && ScalarRules.resolve(text) == null ? null : text;
    }
    return switch (tag) {
      case "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary" -> text;
      case "tag:yaml.org,2002:null" -> null;
      case "tag:yaml.org,2002:float" ->
          ScalarRules.resolve(text) instanceof Long whole
              ? Double.valueOf(whole)
              : ScalarRules.resolve(text);
      case "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool" -> ScalarRules.resolve(text);
      default -> {
        problems.warn(
            location,
            YamlDocument.joined(path()),
            "the tag " + tag + " means nothing here and is left out");
        yield text;
      }
    };
  }

  private void key(Frame frame, ScalarEvent event, Location location) throws ComposeException {
    String text = event.getValue();
    boolean merge = text.equals("<<") && event.isPlain();
    Object value = event.isPlain() && event.getTag().isEmpty() ? ScalarRules.resolve(text) : text;
    if (!(value instanceof String)) {
      throw new ComposeException(
          new Problem(
              location,
              pathOf(text),
              "the key " + (text.isEmpty() ? "is empty" : text + " is not text"),
              "write \"" + text + "\" with quotes"));
    }
    YamlMap.Entry before = frame.map == null || merge ? null : frame.map.entry(text);
    if (before != null) {
      throw new ComposeException(
          new Problem(
              location,
              pathOf(text),
              "the key \"" + text + "\" is already there in line " + before.keyLocation().line(),
              "remove one of the two"));
    }
    frame.key = text;
    frame.keyLocation = location;
  }

  private void start(CollectionStartEvent event) throws ComposeException {
    Location location = locate(event);
    budget.spend(location);
    budget.checkDepth(open.size() + 1, location);
    refuseAsKey(location);
    Origin origin = Origin.written(location);
    YamlNode node =
        event.getEventId() == Event.ID.MappingStart ? new YamlMap(origin) : new YamlList(origin);
    String tag = event.getTag().orElse(null);
    if (tag != null && !isRemoval(tag) && !tag.startsWith("tag:yaml.org,2002:")) {
      problems.warn(
          location,
          YamlDocument.joined(path()),
          "the tag " + tag + " means nothing here and is left out");
    }
    open.push(new Frame(node, anchorOf(event), isRemoval(tag) ? tag : null));
  }

  private void end() throws ComposeException {
    Frame frame = open.pop();
    YamlMap map = frame.map;
    if (map != null) {
      for (YamlMap source : frame.merged) {
        for (YamlMap.Entry entry : source) {
          if (!map.has(entry.key())) {
            map.put(entry.key(), entry.keyLocation(), entry.value().copy());
          }
        }
      }
    }
    YamlNode node = frame.node();
    if (frame.anchor != null) {
      anchors.put(frame.anchor, node);
    }
    place(node, frame.removalTag);
  }

  private void alias(AliasEvent event) throws ComposeException {
    Location location = locate(event);
    String name = anchorOf(event);
    YamlNode target = name == null ? null : anchors.get(name);
    if (target == null) {
      boolean unfinished =
          open.stream().anyMatch(frame -> name != null && name.equals(frame.anchor));
      throw new ComposeException(
          new Problem(
              location,
              "",
              unfinished
                  ? "*" + name + " stands inside the value it names"
                  : "*" + name + " names nothing: there is no &" + name + " before it",
              unfinished ? "move it out" : "define &" + name + " first"));
    }
    refuseAsKey(location);
    budget.spend(target, location);
    place(target.copy(), null);
  }

  private void place(YamlNode node, @Nullable String removalTag) throws ComposeException {
    Frame frame = open.peek();
    if (frame == null) {
      root = node;
      return;
    }
    if (removalTag != null) {
      removals.add(new YamlDocument.Removal(path(), node.origin(), removalTag));
    }
    if (frame.list != null) {
      if (!"!reset".equals(removalTag)) {
        frame.list.add(node);
      }
      return;
    }
    String key = frame.key;
    YamlMap map = frame.map;
    if (key == null || map == null) {
      throw new IllegalStateException("a value without a key");
    }
    Location keyLocation = frame.keyLocation == null ? node.location() : frame.keyLocation;
    if (key.equals("<<")) {
      merge(frame, node);
    } else if (!"!reset".equals(removalTag)) {
      map.put(key, keyLocation, node);
    }
    frame.key = null;
    frame.keyLocation = null;
  }

  private void merge(Frame frame, YamlNode node) throws ComposeException {
    if (node instanceof YamlMap map) {
      frame.merged.add(map);
      return;
    }
    if (node instanceof YamlList list) {
      for (YamlNode item : list) {
        if (!(item instanceof YamlMap map)) {
          throw notMergeable(frame, item);
        }
        frame.merged.add(map);
      }
      return;
    }
    throw notMergeable(frame, node);
  }

  private ComposeException notMergeable(Frame frame, YamlNode node) {
    return new ComposeException(
        new Problem(
            frame.keyLocation == null ? node.location() : frame.keyLocation,
            pathOf("<<"),
            "a merge takes maps, this is " + node.kind(),
            "write \"<<: *name\" where &name marks a map"));
  }

  private void refuseAsKey(Location location) throws ComposeException {
    Frame frame = open.peek();
    if (frame != null && frame.map != null && frame.key == null) {
      throw new ComposeException(
          new Problem(location, pathOf("?"), "a key is text, not a map or a list", "quote it"));
    }
  }

  private List<String> path() {
    List<String> path = new ArrayList<>(open.size());
    for (Frame frame : open) {
      path.add(
          frame.list != null ? "[" + frame.list.size() + "]" : frame.key == null ? "" : frame.key);
    }
    return path.reversed();
  }

  private String pathOf(String last) {
    List<String> path = path();
    path.set(path.size() - 1, last);
    return YamlDocument.joined(path);
  }

  private static boolean isRemoval(@Nullable String tag) {
    return "!reset".equals(tag) || "!override".equals(tag);
  }

  private static @Nullable String anchorOf(NodeEvent event) {
    return event.getAnchor().isPresent() ? event.getAnchor().get().getValue() : null;
  }

  private Location locate(Event event) {
    Mark mark = event.getStartMark().orElse(null);
    return mark == null
        ? new Location(file, 0, 0)
        : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
