package dev.jcompose.engine.container.life;

import dev.jcompose.engine.container.health.HealthMonitor;
import dev.jcompose.engine.container.stream.OutputPump;
import dev.jcompose.engine.container.stream.ProcessInput;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.runtime.Launched;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one run of a container and goes with it. Guarded by the container's lock.
 *
 * <p>{@code ended} is done when the exit has been dealt with: state stored, network given back,
 * events told.
 */
final class Run {
  final Launched launched;
  final List<EndpointLease> leases;
  final List<OutputPump> pumps = new ArrayList<>();
  final CompletableFuture<Void> ended = new CompletableFuture<>();
  @Nullable ProcessInput input;
  OptionalInt terminal = OptionalInt.empty();
  @Nullable HealthMonitor monitor;

  Run(Launched launched, List<EndpointLease> leases) {
    this.launched = launched;
    this.leases = new ArrayList<>(leases);
  }
}
