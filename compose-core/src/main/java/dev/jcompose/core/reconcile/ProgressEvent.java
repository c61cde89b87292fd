package dev.jcompose.core.reconcile;

import java.time.Duration;

/** Something a user who watches wants to see. Events of one id come in order. */
public sealed interface ProgressEvent {
  /** What it is about: "Container demo-db-1", "Network demo_default", "Image jcompose/base". */
  String id();

  /** What happens to it: "Creating", "Healthy", "Stopped"; for {@link Failed} a sentence. */
  String text();

  /** It is being worked on. */
  record Working(String id, String text) implements ProgressEvent {}

  /**
   * It is done.
   *
   * @param took since the work named by {@code text} began
   */
  record Done(String id, String text, Duration took) implements ProgressEvent {}

  /** It is done, or left undone, in a way worth a look. */
  record Warned(String id, String text) implements ProgressEvent {}

  /** It failed, or was given up because something it needs failed. */
  record Failed(String id, String text) implements ProgressEvent {}
}
