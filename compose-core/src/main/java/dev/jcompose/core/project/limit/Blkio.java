package dev.jcompose.core.project.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of block devices.
 *
 * @param weight 10..1000; null for none
 * @param weightDevices weights of single devices
 * @param readBps bytes a second
 * @param readIops operations a second
 * @param writeBps bytes a second
 * @param writeIops operations a second
 */
public record Blkio(
    @Nullable Integer weight,
    List<Rate> weightDevices,
    List<Rate> readBps,
    List<Rate> readIops,
    List<Rate> writeBps,
    List<Rate> writeIops) {
  /** Copies the lists. */
  public Blkio {
    weightDevices = List.copyOf(weightDevices);
    readBps = List.copyOf(readBps);
    readIops = List.copyOf(readIops);
    writeBps = List.copyOf(writeBps);
    writeIops = List.copyOf(writeIops);
  }

  /**
   * A number for one device.
   *
   * @param path of the device on the host
   * @param rate a weight, or bytes or operations a second
   */
  public record Rate(String path, long rate) {}
}
