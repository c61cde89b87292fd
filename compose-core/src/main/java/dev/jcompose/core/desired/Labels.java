package dev.jcompose.core.desired;

/** The labels by which a project's things are known again, the same ones docker compose writes. */
public final class Labels {
  public static final String PREFIX = "com.docker.compose.";
  public static final String PROJECT = PREFIX + "project";
  public static final String SERVICE = PREFIX + "service";
  public static final String VERSION = PREFIX + "version";
  public static final String WORKING_DIRECTORY = PREFIX + "project.working_dir";
  public static final String CONFIG_FILES = PREFIX + "project.config_files";
  public static final String ENVIRONMENT_FILES = PREFIX + "project.environment_file";
  public static final String ONE_OFF = PREFIX + "oneoff";
  public static final String CONFIG_HASH = PREFIX + "config-hash";
  public static final String NUMBER = PREFIX + "container-number";
  public static final String DEPENDS_ON = PREFIX + "depends_on";
  public static final String IMAGE = PREFIX + "image";
  public static final String IMAGE_VOLUMES = PREFIX + "image-volume-digest";
  public static final String SLUG = PREFIX + "slug";
  public static final String REPLACES = PREFIX + "replace";
  public static final String HOOK = PREFIX + "hook";
  public static final String NETWORK = PREFIX + "network";
  public static final String VOLUME = PREFIX + "volume";

  /** The {@link #HOOK} of containers that run before a service starts. */
  public static final String PRE_START = "pre_start";

  /** The parts of {@link #CONFIG_HASH}, by which we tell what changed; docker compose has none. */
  public static final String CONFIG_PARTS = "dev.jcompose.config-parts";

  /** What we write as {@link #VERSION}. */
  public static final String WRITER = "jcompose-0.1";

  /** The part of {@link #CONFIG_PARTS} that stands for what is in configs and secrets. */
  public static final String CONTENTS = "contents-of-files";

  private Labels() {}
}
