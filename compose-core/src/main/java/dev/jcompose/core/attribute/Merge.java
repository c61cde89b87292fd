package dev.jcompose.core.attribute;

/** What a later document does to an earlier one's value. */
public enum Merge {
  /** Maps are merged key by key, lists are appended, scalars are replaced. */
  DEEP,
  /** The later value stands alone. */
  REPLACE,
  /** Lists are appended; of equal items one stays. */
  UNIQUE,
  /** Lists are appended; of items with equal text before {@code =} the last stays. */
  BY_NAME,
  /** Of ports with equal address, published port, target and protocol the last stays. */
  BY_PORT,
  /** Of mounts or devices with an equal target the last stays. */
  BY_TARGET,
  /** Of configs or secrets with an equal target the last stays. */
  BY_FILE_TARGET,
  /** Of files with an equal path the last stays. */
  BY_PATH,
  /** Pools with an equal subnet are merged. */
  BY_SUBNET,
  /** Options are merged only when the driver is the same. */
  BY_DRIVER
}
