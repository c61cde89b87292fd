package dev.jcompose.engine.registry;

import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.registry.call.RegistryException;
import dev.jcompose.engine.registry.call.Repository;
import java.util.List;

/**
 * One repository at all the places that may have it. What worked first is asked first from then on,
 * so that a pull does not knock at a closed door for each of its layers.
 */
public final class Sources {
  /** Something to ask one of the places. */
  @FunctionalInterface
  public interface Question<T> {
    /** Asks. */
    T ask(Repository repository) throws ImageException, InterruptedException;
  }

  /** What servers of TLS answer to a plain request. */
  private static final int WRONG_PROTOCOL = 400;

  private final List<Repository> repositories;
  private volatile int preferred;
  private volatile boolean reached;

  Sources(List<Repository> repositories) {
    this.repositories = List.copyOf(repositories);
  }

  /** The place that worked last, or the best one. */
  public Repository preferred() {
    return repositories.get(preferred);
  }

  /**
   * Asks one place after the other until one answers.
   *
   * @throws ImageException the refusal that tells most: one from the registry itself comes before
   *     those of mirrors, an answer before none
   */
  public <T> T first(Question<T> question) throws ImageException, InterruptedException {
    int start = preferred;
    ImageException worst = null;
    for (int i = 0; i < repositories.size(); i++) {
      int index = i == 0 ? start : i <= start ? i - 1 : i;
      try {
        T result = question.ask(repositories.get(index));
        preferred = index;
        reached = true;
        return result;
      } catch (ImageException e) {
        worst = worst == null ? e : tellsMore(worst, e);
        if (isFinal(repositories.get(index), index, e)) {
          throw worst;
        }
      }
    }
    if (worst == null) {
      throw new IllegalStateException("no place to ask");
    }
    throw worst;
  }

  /** The same registry is not tried over TLS and without when it has answered one way. */
  private boolean isFinal(Repository repository, int index, ImageException problem) {
    if (repository.connection().endpoint().mirror()) {
      return false;
    }
    boolean answered =
        problem instanceof RegistryException refusal
            && refusal.status() != 0
            && refusal.status() != WRONG_PROTOCOL;
    return answered || (reached && index == preferred);
  }

  private static ImageException tellsMore(ImageException one, ImageException other) {
    boolean firstAnswered = one.kind() != ImageException.Kind.FAILED;
    boolean secondAnswered = other.kind() != ImageException.Kind.FAILED;
    boolean firstIsBetter = firstAnswered && !secondAnswered;
    ImageException more = firstIsBetter ? one : other;
    more.addSuppressed(firstIsBetter ? other : one);
    return more;
  }
}
