package dev.jcompose.core.desired;

/**
 * A file put into a container before it starts: a config or secret whose content is not a file of
 * the host, or one whose owner or mode in the container is not that of the host's file.
 *
 * @param target absolute path in the container
 * @param mode permission bits, 0444 unless said otherwise
 */
public record InjectedFile(String target, Source source, int userId, int groupId, int mode) {

  /** Where the content is. */
  public sealed interface Source {}

  /** Here, as text. */
  public record Text(String text) implements Source {
    /** A secret is no one's business. */
    @Override
    public String toString() {
      return "Text[…]";
    }
  }

  /**
   * In a file of this machine, read when it is put into a container.
   *
   * @param path absolute
   * @param digest of the content, by which a change is seen
   */
  public record HostFile(String path, String digest) implements Source {}
}
