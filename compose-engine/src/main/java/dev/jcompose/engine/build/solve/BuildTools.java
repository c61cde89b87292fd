package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.cache.CacheMounts;
import dev.jcompose.engine.build.cache.StepCache;
import dev.jcompose.engine.build.run.Sandbox;
import dev.jcompose.engine.build.tree.ContentDigest;
import dev.jcompose.engine.build.tree.FileDigests;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.time.Clock;

/** Everything builds need from the rest of the engine. */
record BuildTools(
    StateDirectory state,
    Clock clock,
    FileCalls files,
    ImageStore store,
    ImageMaker images,
    BaseImages bases,
    StepRunner steps,
    StepCache cache,
    CacheMounts cacheMounts,
    FileDigests fileDigests,
    ContentDigest digests,
    Sandbox sandbox) {}
