package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.port.view.ContainerView;
import org.jspecify.annotations.Nullable;

/** One container of a service while it is planned: what it is now and the steps that change it. */
final class Replica {
  final DesiredService service;
  final int number;

  /** Null when there is none yet. */
  final @Nullable ContainerView existing;

  /** Why the existing one is replaced; null when it is kept. */
  final @Nullable String replaced;

  /** The container as it is when the plan is done. */
  final ContainerRef container;

  /** What is changed of a container that stays; null for nothing. */
  @Nullable Adjustment adjustment;

  /** Whether the new container is up before the old one stops. */
  boolean startsFirst;

  /** Whether the old container has to stop so that its network can be made anew. */
  boolean stepsAside;

  /** Whether the old container is kept until the whole service is well. */
  boolean keepsOld;

  /** Makes the new container, under whatever name. */
  PlanBuilder.@Nullable Draft created;

  /** After it the new container has its place and its files. */
  PlanBuilder.@Nullable Draft ready;

  /** Stops the existing container. */
  PlanBuilder.@Nullable Draft stopped;

  /** Removes the container that is replaced. */
  PlanBuilder.@Nullable Draft removed;

  PlanBuilder.@Nullable Draft started;
  PlanBuilder.@Nullable Draft healthy;
  PlanBuilder.@Nullable Draft completed;

  Replica(
      DesiredService service,
      int number,
      String name,
      @Nullable ContainerView existing,
      @Nullable String replaced) {
    this.service = service;
    this.number = number;
    this.existing = existing;
    this.replaced = replaced;
    this.container =
        existing != null && replaced == null
            ? new ContainerRef(nameOf(existing, name), existing.id())
            : ContainerRef.made(name);
  }

  private static String nameOf(ContainerView existing, String wanted) {
    return ReplicaSpecs.awaitsItsName(existing, wanted) ? wanted : existing.name();
  }

  /** Whether the plan makes a new container for it. */
  boolean isMade() {
    return existing == null || replaced != null;
  }

  /** The existing container when it has a process that a plan may have to stop. */
  @Nullable ContainerView running() {
    ContainerView view = existing;
    return view != null && view.status().up() ? view : null;
  }
}
