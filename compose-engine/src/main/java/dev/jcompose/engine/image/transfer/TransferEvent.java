package dev.jcompose.engine.image.transfer;

/** Something to tell whoever waits for a pull or a push. */
public sealed interface TransferEvent {
  /**
   * A sentence about the whole.
   *
   * @param id the tag it is about; empty for none
   * @param text as docker says it, because programs look for it
   */
  record Notice(String id, String text) implements TransferEvent {}

  /**
   * How far one layer is.
   *
   * @param id first 12 hex digits of its blob's digest
   * @param phase what is being done with it
   * @param current bytes done; 0 when that is not counted
   * @param total bytes in all; 0 when that is not counted
   * @param detail what the phase's words leave open; empty for none
   */
  record Layer(String id, Phase phase, long current, long total, String detail)
      implements TransferEvent {
    /** Nothing is counted. */
    public Layer(String id, Phase phase) {
      this(id, phase, 0, 0, "");
    }
  }

  /**
   * A push is complete.
   *
   * @param tag it was pushed under
   * @param digest of the manifest
   * @param size of the manifest in bytes
   */
  record Pushed(String tag, String digest, long size) implements TransferEvent {}

  /** What is being done with a layer, in docker's words. */
  enum Phase {
    PULLING("Pulling fs layer"),
    DOWNLOADING("Downloading"),
    VERIFYING("Verifying Checksum"),
    DOWNLOADED("Download complete"),
    EXTRACTING("Extracting"),
    PULLED("Pull complete"),
    PRESENT("Already exists"),
    RETRYING("Retrying"),
    PREPARING("Preparing"),
    PUSHING("Pushing"),
    PUSHED("Pushed"),
    KNOWN("Layer already exists"),
    MOUNTED("Mounted from");

    private final String words;

    Phase(String words) {
      this.words = words;
    }

    /** The words. */
    public String words() {
      return words;
    }
  }
}
