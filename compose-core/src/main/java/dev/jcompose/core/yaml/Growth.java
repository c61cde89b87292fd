package dev.jcompose.core.yaml;

/**
 * How far the values of a project may grow beyond what its files hold, all files together: small
 * files of variables within variables, of extended services and of port ranges could otherwise ask
 * for more memory than there is.
 */
public final class Growth {
  /** The most characters that variables may bring. */
  public static final int MOST_CHARACTERS = 64_000_000;

  /** The most values that copies may bring. */
  public static final int MOST_VALUES = 1_000_000;

  private long characters;
  private long values;

  /** Whether there is room for so many characters more. */
  public boolean takesCharacters(int more) {
    characters += more;
    return characters <= MOST_CHARACTERS;
  }

  /** Whether there is room for so many values more. */
  public boolean takesValues(int more) {
    values += more;
    return values <= MOST_VALUES;
  }

  /** Whether there is no room for any value more; then nothing has to be counted. */
  public boolean isFull() {
    return values > MOST_VALUES;
  }

  /** Whether there is room for a copy of a value and all in it. */
  public boolean takesCopy(YamlNode node) {
    return !isFull() && takesValues(count(node));
  }

  private static int count(YamlNode node) {
    int count = 1;
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map) {
        count += count(entry.value());
      }
    } else if (node instanceof YamlList list) {
      for (YamlNode item : list) {
        count += count(item);
      }
    }
    return count;
  }
}
