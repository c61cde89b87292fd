package dev.jcompose.engine.http.services;

import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerInsight;
import dev.jcompose.engine.container.ContainerStreams;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.volume.Volumes;
import org.jspecify.annotations.Nullable;

/**
 * Everything the routes call.
 *
 * @param insight null while there is none: its routes answer 501
 * @param files null while there is none: its routes answer 501
 */
public record EngineServices(
    Containers containers,
    ContainerStreams streams,
    Execs execs,
    @Nullable ContainerInsight insight,
    @Nullable ContainerFiles files,
    Networks networks,
    Volumes volumes,
    Images images,
    EventBus events,
    StateDirectory state,
    EngineProcess process) {}
