package dev.jcompose.core.attribute;

/**
 * The table of all attributes of a Compose file. Source: compose-spec schema of 2026-06. A new
 * attribute is one line in one of the classes named here; the order of the lines is the order of
 * printing.
 */
public final class AttributeTable {
  private static final Attribute ROOT = build();

  private AttributeTable() {}

  /** The top level of a Compose file; every attribute is below it. */
  public static Attribute root() {
    return ROOT;
  }

  /** The attribute at a path pattern such as {@code services.*.image}. */
  public static Attribute at(String... segments) {
    Attribute attribute = ROOT;
    for (String segment : segments) {
      Attribute next = attribute.exactly(segment);
      if (next == null) {
        throw new IllegalArgumentException("no attribute " + segment + " below " + attribute);
      }
      attribute = next;
    }
    return attribute;
  }

  private static Attribute build() {
    Attribute root = new Attribute("", Type.MAP, "A Compose file.");
    Rows rows = new Rows(root, "");
    TopLevelAttributes.addTo(rows);
    ServiceAttributes.addTo(rows.below("services.*"));
    return root;
  }
}
