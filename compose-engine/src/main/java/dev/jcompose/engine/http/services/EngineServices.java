package dev.jcompose.engine.http.services;

import dev.jcompose.engine.build.Builds;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerInsight;
import dev.jcompose.engine.container.ContainerStreams;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.exchange.ImageExchange;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.volume.Volumes;

/** Everything the routes call. */
public record EngineServices(
    Containers containers,
    ContainerStreams streams,
    Execs execs,
    ContainerInsight insight,
    ContainerFiles files,
    Networks networks,
    Volumes volumes,
    Images images,
    ImageTransfers transfers,
    Builds builds,
    ImageExchange archives,
    Commits commits,
    EventBus events,
    StateDirectory state,
    EngineProcess process) {}
