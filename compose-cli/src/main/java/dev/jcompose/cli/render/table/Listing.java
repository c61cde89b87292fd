package dev.jcompose.cli.render.table;

import java.util.List;
import java.util.Map;

/** Rows that a verb lists, in the forms that {@link RowFormat} can ask for. */
public interface Listing {
  /** The columns people see without {@code --format}. */
  Table table();

  /** Every field of every row, in the order in which JSON shows them. */
  List<Map<String, Object>> rows();

  /** The labels of what each row is about, which templates ask for one by one; empty for none. */
  default List<Map<String, String>> labels() {
    return List.of();
  }

  /** Titles of fields over a column, where they are not the field's name in capitals. */
  Map<String, String> titles();
}
