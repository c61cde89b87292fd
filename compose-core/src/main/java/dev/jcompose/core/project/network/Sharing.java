package dev.jcompose.core.project.network;

/**
 * Whose namespace a container uses, where it is not simply its own. The text form is that of {@code
 * network_mode:}.
 */
public sealed interface Sharing {
  /** That of the containers of another service: {@code service:db}. */
  record OfService(String service) implements Sharing {
    @Override
    public String toString() {
      return "service:" + service;
    }
  }

  /** That of a container by name or id: {@code container:abc}. */
  record OfContainer(String container) implements Sharing {
    @Override
    public String toString() {
      return "container:" + container;
    }
  }

  /**
   * Anything the engine knows by name: {@code host}, {@code none}, {@code bridge}, {@code
   * shareable}.
   */
  record Named(String name) implements Sharing {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Reads any text; the inverse of {@code toString}. */
  static Sharing parse(String text) {
    if (text.startsWith("service:")) {
      return new OfService(text.substring("service:".length()));
    }
    if (text.startsWith("container:")) {
      return new OfContainer(text.substring("container:".length()));
    }
    return new Named(text);
  }
}
