package dev.jcompose.core.load;

import dev.jcompose.core.problem.Location;
import dev.jcompose.core.project.Places;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;

/**
 * The places in a model, looked up when somebody asks: names may have dots, so paths are walked.
 */
record ModelPlaces(YamlMap model) implements Places {
  @Override
  public Location of(String path) {
    return find(model, "", path, Location.NONE);
  }

  private static Location find(YamlNode node, String at, String wanted, Location above) {
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map) {
        String path = at.isEmpty() ? entry.key() : at + "." + entry.key();
        if (leads(path, wanted)) {
          Location value = entry.value().location();
          Location here = value.line() > 0 ? value : entry.keyLocation();
          return find(entry.value(), path, wanted, here.line() > 0 ? here : above);
        }
      }
    } else if (node instanceof YamlList list) {
      for (int i = 0; i < list.size(); i++) {
        String path = at + "[" + i + "]";
        if (leads(path, wanted)) {
          return find(list.get(i), path, wanted, list.get(i).location());
        }
      }
    }
    return above;
  }

  private static boolean leads(String path, String wanted) {
    return wanted.startsWith(path)
        && (wanted.length() == path.length()
            || wanted.charAt(path.length()) == '.'
            || wanted.charAt(path.length()) == '[');
  }
}
