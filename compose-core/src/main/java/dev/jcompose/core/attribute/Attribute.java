package dev.jcompose.core.attribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of the table: everything the phases have to know about an attribute. */
public final class Attribute {
  private static final Attribute EXTENSION =
      new Attribute("", Type.ANY, "Free for the user; names start with x-.");

  private final String path;
  private final Type type;
  private final String sentence;
  private final Map<String, Attribute> children = new LinkedHashMap<>();
  private @Nullable Attribute wildcard;
  private @Nullable Attribute item;
  private ShortForm shortForm = ShortForm.NONE;
  private Merge merge = Merge.DEEP;
  private PathRule pathRule = PathRule.NONE;
  private Grammar grammar = Grammar.ANY;
  private List<String> choices = List.of();
  private List<String> required = List.of();
  private long least = Long.MIN_VALUE;
  private long most = Long.MAX_VALUE;
  private boolean unique;
  private boolean optional;
  private boolean keptWhenEmpty;
  private boolean inJsonAlways;
  private boolean cutting;
  private boolean quoted;
  private String jsonKey = "";
  private String withoutEffect = "";
  private String refusal = "";
  private String byDefault = "";

  Attribute(String path, Type type, String sentence) {
    this.path = path;
    this.type = type;
    this.sentence = sentence;
    // A pointer in docker compose's model: an empty map is printed.
    this.keptWhenEmpty = type == Type.MAP;
  }

  // The lines of the table are written with these.

  Attribute from(ShortForm form) {
    shortForm = form;
    return this;
  }

  Attribute merged(Merge rule) {
    merge = rule;
    return this;
  }

  Attribute at(PathRule rule) {
    pathRule = rule;
    return this;
  }

  Attribute like(Grammar rule) {
    grammar = rule;
    return this;
  }

  Attribute oneOf(String... texts) {
    choices = List.of(texts);
    return this;
  }

  Attribute needs(String... keys) {
    required = List.of(keys);
    return this;
  }

  Attribute between(long low, long high) {
    least = low;
    most = high;
    return this;
  }

  Attribute distinct() {
    unique = true;
    return this;
  }

  Attribute orNothing() {
    optional = true;
    return this;
  }

  /** docker compose takes any number and cuts its fraction off. */
  Attribute cut() {
    cutting = true;
    return this;
  }

  /** The schema takes text only, even for a number. */
  Attribute quoted() {
    quoted = true;
    return this;
  }

  Attribute kept() {
    keptWhenEmpty = true;
    return this;
  }

  /**
   * A struct, not a pointer, in docker compose's model: JSON has it even when it is empty, YAML
   * only otherwise.
   */
  Attribute embedded() {
    inJsonAlways = true;
    keptWhenEmpty = false;
    return this;
  }

  Attribute nullInJson() {
    inJsonAlways = true;
    return this;
  }

  /** A field without a tag in docker compose's model: JSON has it with a capital letter. */
  Attribute inJson(String key) {
    jsonKey = key;
    return this;
  }

  Attribute idle(String why) {
    withoutEffect = why;
    return this;
  }

  Attribute refused(String why) {
    refusal = why;
    return this;
  }

  Attribute otherwise(String what) {
    byDefault = what;
    return this;
  }

  void addChild(String key, Attribute child) {
    switch (key) {
      case "*" -> wildcard = child;
      case "[]" -> item = child;
      default -> children.put(key, child);
    }
  }

  @Nullable Attribute exactly(String segment) {
    return switch (segment) {
      case "*" -> wildcard;
      case "[]" -> item;
      default -> children.get(segment);
    };
  }

  // And the phases read them with these.

  /** The pattern of paths it stands for, such as {@code services.*.ports[].target}. */
  public String path() {
    return path;
  }

  /** What may be written for it, short forms included: {@code a path or a map}. */
  public String accepted() {
    String also = shortForm.accepted();
    return also.isEmpty() ? type.expected() : also + " or " + type.expected();
  }

  /** What it holds in canonical form. */
  public Type type() {
    return type;
  }

  /** What it means, in one sentence. */
  public String sentence() {
    return sentence;
  }

  /** The attribute of a key below this one; null when there is none by that name. */
  public @Nullable Attribute child(String key) {
    Attribute child = children.get(key);
    if (child != null) {
      return child;
    }
    if (wildcard != null) {
      return wildcard;
    }
    return key.startsWith("x-") ? EXTENSION : null;
  }

  /** The attribute of the items of this list; null when the table says nothing of them. */
  public @Nullable Attribute item() {
    return item;
  }

  /** The keys the table names below this one, in the order of printing. */
  public Set<String> keys() {
    return children.keySet();
  }

  /** This attribute and all below it, in the order of the table. */
  public List<Attribute> all() {
    List<Attribute> all = new ArrayList<>();
    collect(all);
    return all;
  }

  private void collect(List<Attribute> all) {
    all.add(this);
    for (Attribute child : children.values()) {
      child.collect(all);
    }
    if (wildcard != null) {
      wildcard.collect(all);
    }
    if (item != null) {
      item.collect(all);
    }
  }

  /** The short form it may be written in. */
  public ShortForm shortForm() {
    return shortForm;
  }

  /** What a later document does to it. */
  public Merge merge() {
    return merge;
  }

  /** How it names a file. */
  public PathRule pathRule() {
    return pathRule;
  }

  /** The grammar of its text. */
  public Grammar grammar() {
    return grammar;
  }

  /** The texts it may hold; empty for any. */
  public List<String> choices() {
    return choices;
  }

  /** Keys that must be below it. */
  public List<String> required() {
    return required;
  }

  /** The least number it may hold. */
  public long least() {
    return least;
  }

  /** The greatest number it may hold. */
  public long most() {
    return most;
  }

  /** Whether no item of the list may be there twice. */
  public boolean unique() {
    return unique;
  }

  /** Whether it may be there without a value. */
  public boolean mayBeNothing() {
    return optional || type == Type.TEXT_OR_NOTHING || type == Type.SCALAR_OR_NOTHING;
  }

  /** Whether the fraction of a number is cut off. */
  public boolean cutsFractions() {
    return cutting;
  }

  /** Whether a number has to be written as text. */
  public boolean isQuoted() {
    return quoted;
  }

  /** Whether it is printed even when it is false, 0 or empty. */
  public boolean keptWhenEmpty() {
    return keptWhenEmpty;
  }

  /** Whether JSON output has it even when nobody gave it. */
  public boolean inJsonAlways() {
    return inJsonAlways;
  }

  /** Its key in JSON output where that is another one; empty otherwise. */
  public String jsonKey() {
    return jsonKey;
  }

  /** Why it has no effect with this engine; empty when it has one. */
  public String withoutEffect() {
    return withoutEffect;
  }

  /** Why a project that uses it can be read but not run; empty when it can. */
  public String refusal() {
    return refusal;
  }

  /** What holds when it is not given, for documentation; empty for nothing. */
  public String byDefault() {
    return byDefault;
  }

  @Override
  public String toString() {
    return path;
  }
}
