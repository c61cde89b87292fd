package dev.jcompose.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A place between two steps of the engine's work where a test may end it as SIGKILL would. A test
 * starts the engine with the system property {@code jcompose.crash.file} and writes a point's name
 * into that file; the engine halts when it comes there. Without the property nothing happens and
 * nothing is looked at.
 */
public enum CrashPoint {
  CREATE_VOLUMES_MADE(Verb.CREATE),
  CREATE_DIRECTORY_MADE(Verb.CREATE),
  CREATE_RECORD_WRITTEN(Verb.CREATE),
  START_DIRECTORIES_MADE(Verb.START),
  START_VOLUMES_FILLED(Verb.START),
  START_ADDRESSES_RESERVED(Verb.START),
  START_PORTS_PUBLISHED(Verb.START),
  START_PIPES_MADE(Verb.START),
  LAUNCH_CGROUP_MADE(Verb.START),
  LAUNCH_PROGRAM_STARTED(Verb.START),
  LAUNCH_PROCESS_MADE(Verb.START),
  LAUNCH_PROCESS_JOINED(Verb.START),
  LAUNCH_AT_GATE(Verb.START),
  START_NETWORK_CONNECTED(Verb.START),
  START_NAMES_OPENED(Verb.START),
  START_RECORD_WRITTEN(Verb.START),
  LAUNCH_GATE_OPENED(Verb.START),
  EXEC_PROGRAM_STARTED(Verb.EXEC),
  EXEC_PROCESS_JOINED(Verb.EXEC),
  EXEC_RUNS(Verb.EXEC),
  STOP_MARKED(Verb.STOP),
  STOP_SIGNALLED(Verb.STOP),
  END_PROCESSES_GONE(Verb.STOP),
  END_OUTPUT_DRAINED(Verb.STOP),
  END_NETWORK_GIVEN_BACK(Verb.STOP),
  END_RECORD_WRITTEN(Verb.STOP),
  PAUSE_FROZEN(Verb.PAUSE),
  UNPAUSE_THAWED(Verb.UNPAUSE),
  REMOVE_KILLED(Verb.REMOVE),
  REMOVE_MARKED(Verb.REMOVE),
  REMOVE_VOLUMES_GONE(Verb.REMOVE),
  REMOVE_RECORD_GONE(Verb.REMOVE),
  REMOVE_FILES_GONE(Verb.REMOVE),
  CONNECT_ADDRESS_RESERVED(Verb.CONNECT),
  CONNECT_VETH_MADE(Verb.CONNECT),
  CONNECT_PLUGGED(Verb.CONNECT),
  CONNECT_RECORD_WRITTEN(Verb.CONNECT),
  DISCONNECT_RECORD_WRITTEN(Verb.DISCONNECT),
  DISCONNECT_UNPLUGGED(Verb.DISCONNECT),
  NETWORK_BRIDGE_MADE(Verb.CREATE_NETWORK),
  NETWORK_BRIDGE_UP(Verb.CREATE_NETWORK),
  NETWORK_RECORD_WRITTEN(Verb.CREATE_NETWORK),
  NETWORK_BRIDGE_GONE(Verb.REMOVE_NETWORK),
  VOLUME_DIRECTORY_MADE(Verb.CREATE_VOLUME),
  VOLUME_RECORD_WRITTEN(Verb.CREATE_VOLUME),
  VOLUME_RECORD_GONE(Verb.REMOVE_VOLUME),
  BLOB_ARRIVED(Verb.IMAGES),
  LAYER_UNPACKED(Verb.IMAGES),
  LAYER_IN_PLACE(Verb.IMAGES),
  LAYER_RECORD_WRITTEN(Verb.IMAGES),
  LAYER_RECORD_GONE(Verb.IMAGES),
  LAYER_OUT_OF_PLACE(Verb.IMAGES),
  IMAGE_CONFIGURATION_STORED(Verb.IMAGES),
  IMAGE_RECORD_WRITTEN(Verb.IMAGES),
  IMAGE_NAMED(Verb.IMAGES),
  IMAGE_NAMES_GONE(Verb.IMAGES),
  IMAGE_RECORD_GONE(Verb.IMAGES);

  /** What the engine is asked to do when it comes to a point. */
  public enum Verb {
    CREATE,
    START,
    EXEC,
    STOP,
    PAUSE,
    UNPAUSE,
    REMOVE,
    CONNECT,
    DISCONNECT,
    CREATE_NETWORK,
    REMOVE_NETWORK,
    CREATE_VOLUME,
    REMOVE_VOLUME,
    /** Several: whatever makes images, or removes them. */
    IMAGES
  }

  private static final int KILLED = 137;
  private static final @Nullable Path FILE = file();

  private final Verb verb;

  CrashPoint(Verb verb) {
    this.verb = verb;
  }

  private static @Nullable Path file() {
    String file = System.getProperty("jcompose.crash.file");
    return file == null ? null : Path.of(file);
  }

  /** During what the engine comes here. */
  public Verb verb() {
    return verb;
  }

  /** The engine is here now. */
  public void reached() {
    if (FILE != null) {
      try {
        if (Files.readString(FILE).equals(name())) {
          Runtime.getRuntime().halt(KILLED);
        }
      } catch (IOException notArmed) {
        // no such file: the test arms nothing at the moment
      }
    }
  }
}
