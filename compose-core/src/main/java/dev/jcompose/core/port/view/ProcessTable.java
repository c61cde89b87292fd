package dev.jcompose.core.port.view;

import java.util.List;

/** The processes of a container, one row each, under the titles of the columns. */
public record ProcessTable(List<String> titles, List<List<String>> rows) {
  public ProcessTable {
    titles = List.copyOf(titles);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
