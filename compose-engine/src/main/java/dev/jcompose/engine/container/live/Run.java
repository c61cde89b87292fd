package dev.jcompose.engine.container.live;

import dev.jcompose.engine.container.health.HealthMonitor;
import dev.jcompose.engine.container.stream.OutputPump;
import dev.jcompose.engine.container.stream.ProcessInput;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.runtime.Launched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What belongs to one run of a container and goes with it. Guarded by the container's lock. */
public final class Run {
  private final Launched launched;
  private final List<EndpointLease> leases;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final long began = System.nanoTime();
  private @Nullable HealthMonitor monitor;
  private boolean oomTold;
  final List<OutputPump> pumps = new ArrayList<>();
  @Nullable ProcessInput input;
  OptionalInt terminal = OptionalInt.empty();

  /** A run of this process, with its places on networks. */
  public Run(Launched launched, List<EndpointLease> leases) {
    this.launched = launched;
    this.leases = new ArrayList<>(leases);
  }

  /**
   * How long this engine has looked after it: not from clock times, which jump when the clock is
   * set.
   */
  public Duration lasted() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** The first process. */
  public Launched launched() {
    return launched;
  }

  /** It was told that it ran out of memory. */
  public void toldOom() {
    oomTold = true;
  }

  /** Whether it was told that it ran out of memory. */
  public boolean oomTold() {
    return oomTold;
  }

  /** Its places on networks now. */
  public List<EndpointLease> leases() {
    return List.copyOf(leases);
  }

  /** It was put on one more network. */
  public void joined(EndpointLease lease) {
    leases.add(lease);
  }

  /** It was taken off a network. */
  public void left(EndpointLease lease) {
    leases.remove(lease);
  }

  /** Its places on networks have changed. */
  public void placed(List<EndpointLease> changed) {
    leases.clear();
    leases.addAll(changed);
  }

  /** Where its input goes; null when it has none. */
  public @Nullable ProcessInput input() {
    return input;
  }

  /** The engine's end of its terminal, when it has one. */
  public OptionalInt terminal() {
    return terminal;
  }

  /** Its health is probed from now on; the monitor is stopped with {@link #stopProbing}. */
  public void probedBy(HealthMonitor probing) {
    monitor = probing;
  }

  /** Nobody probes its health any more. */
  public void stopProbing() {
    if (monitor != null) {
      monitor.stop();
    }
  }

  /** Done when its end was dealt with: state stored, network given back, events told. */
  public CompletableFuture<Void> settled() {
    return settled;
  }
}
