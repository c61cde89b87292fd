package dev.jcompose.engine.container.live;

import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.volume.VolumeFill;
import dev.jcompose.engine.volume.Volumes;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * Everything containers need from the rest of the engine.
 *
 * @param executor made for tasks that block
 */
public record Surroundings(
    StateDirectory state,
    Clock clock,
    Kernel kernel,
    KernelEvents kernelEvents,
    ContainerRuntime runtime,
    Networks networks,
    Images images,
    Volumes volumes,
    VolumeFill volumeFill,
    EventBus events,
    Executor executor) {}
