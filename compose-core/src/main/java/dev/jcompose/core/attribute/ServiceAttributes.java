package dev.jcompose.core.attribute;

import static dev.jcompose.core.attribute.Type.BYTES;
import static dev.jcompose.core.attribute.Type.DURATION;
import static dev.jcompose.core.attribute.Type.FLAG;
import static dev.jcompose.core.attribute.Type.LIST;
import static dev.jcompose.core.attribute.Type.MAP;
import static dev.jcompose.core.attribute.Type.MODE;
import static dev.jcompose.core.attribute.Type.NAMED;
import static dev.jcompose.core.attribute.Type.NUMBER;
import static dev.jcompose.core.attribute.Type.SCALAR;
import static dev.jcompose.core.attribute.Type.SCALARS;
import static dev.jcompose.core.attribute.Type.SCALAR_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT;
import static dev.jcompose.core.attribute.Type.TEXTS;
import static dev.jcompose.core.attribute.Type.TEXT_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT_OR_NUMBER;
import static dev.jcompose.core.attribute.Type.WHOLE;

/** The lines of a service, without those of build, deploy, develop and hooks. */
final class ServiceAttributes {
  private static final String WINDOWS = "only Windows containers know it";

  private ServiceAttributes() {}

  static void addTo(Rows t) {
    t.row("profiles", TEXTS, "Profiles that enable it.").merged(Merge.UNIQUE).distinct();
    t.row("annotations", NAMED, "Annotations of the containers.").from(ShortForm.PAIRS);
    t.row("annotations.*", SCALAR_OR_NOTHING, "One annotation.").kept();
    t.row("attach", FLAG, "Whether an attached up shows its output.").otherwise("true").kept();
    BuildAttributes.addTo(t);
    DeployAttributes.develop(t);
    blkio(t);
    t.row("cap_add", TEXTS, "Capabilities to add.").merged(Merge.UNIQUE).distinct();
    t.row("cap_drop", TEXTS, "Capabilities to take away.").merged(Merge.UNIQUE).distinct();
    t.row("cgroup_parent", TEXT, "Parent of the containers' cgroups.");
    t.row("cgroup", TEXT, "Whose cgroup namespace.").otherwise("private").oneOf("host", "private");
    t.row("cpu_count", WHOLE, "Processors.").between(0, Long.MAX_VALUE).idle(WINDOWS);
    t.row("cpu_percent", WHOLE, "Share of the processors.").between(0, 100).idle(WINDOWS);
    t.row("cpu_period", WHOLE, "Scheduler period in microseconds.").cut();
    t.row("cpu_quota", WHOLE, "Scheduler quota in microseconds.").cut();
    t.row("cpu_rt_period", WHOLE, "Real-time period in microseconds.").cut();
    t.row("cpu_rt_runtime", WHOLE, "Real-time budget in microseconds.").cut();
    t.row("cpus", NUMBER, "Processors it may use, such as 1.5.");
    t.row("cpuset", TEXT, "Which processors it may use, such as 0-2.");
    t.row("cpu_shares", WHOLE, "Weight against other containers.").cut();
    t.row("command", TEXTS, "Replaces the image's command.")
        .otherwise("the image's")
        .orNothing()
        .from(ShortForm.WORDS)
        .merged(Merge.REPLACE)
        .kept()
        .nullInJson();
    fileReferences(t, "configs", "config");
    t.row("container_name", TEXT, "Name of its only container.")
        .otherwise("PROJECT-SERVICE-NUMBER")
        .like(Grammar.CONTAINER_NAME);
    t.row("credential_spec", MAP, "Credentials.").idle(WINDOWS);
    t.row("credential_spec.config", TEXT, "Config that holds them.");
    t.row("credential_spec.file", TEXT, "File that holds them.");
    t.row("credential_spec.registry", TEXT, "Registry value that holds them.");
    t.row("depends_on", NAMED, "Services to start first.").from(ShortForm.DEPENDENCIES);
    t.row("depends_on.*", MAP, "What is waited for.").needs("condition");
    t.row("depends_on.*.condition", TEXT, "What has to be true of it.")
        .otherwise("service_started")
        .oneOf("service_started", "service_healthy", "service_completed_successfully");
    t.row("depends_on.*.restart", FLAG, "Whether its restart restarts this one.")
        .otherwise("false");
    t.row("depends_on.*.required", FLAG, "Whether it may be missing.").otherwise("true").kept();
    DeployAttributes.deploy(t);
    t.row("device_cgroup_rules", TEXTS, "Device rules such as \"c 1:3 mr\".").distinct();
    t.row("devices", LIST, "Devices of the host.").merged(Merge.BY_TARGET);
    t.row("devices[]", MAP, "One device.").from(ShortForm.DEVICE).needs("source");
    t.row("devices[].source", TEXT, "Path on the host, or a CDI name.");
    t.row("devices[].target", TEXT, "Path in the container.").otherwise("the source");
    t.row("devices[].permissions", TEXT, "Some of rwm.").otherwise("rwm");
    t.row("dns", TEXTS, "Name servers.").from(ShortForm.LIST_OF_ONE).merged(Merge.BY_NAME);
    t.row("dns_opt", TEXTS, "Resolver options.").merged(Merge.BY_NAME).distinct();
    t.row("dns_search", TEXTS, "Search domains.").from(ShortForm.LIST_OF_ONE).merged(Merge.BY_NAME);
    t.row("domainname", TEXT, "Domain part of the host name.");
    t.row("entrypoint", TEXTS, "Replaces the image's entrypoint.")
        .otherwise("the image's")
        .orNothing()
        .from(ShortForm.WORDS)
        .merged(Merge.REPLACE)
        .kept()
        .nullInJson();
    t.row("provider", MAP, "A program that provides the service.")
        .refused("services made by a provider program cannot be run yet")
        .needs("type");
    t.row("provider.type", TEXT, "Name of the program.");
    t.row("provider.options", NAMED, "Options of the program.");
    t.row("provider.options.*", LIST, "One option.").from(ShortForm.LIST_OF_ONE);
    t.row("provider.options.*[]", SCALAR, "One value.").kept();
    t.row("environment", NAMED, "Variables.").from(ShortForm.VARIABLES);
    t.row("environment.*", SCALAR_OR_NOTHING, "One variable.").kept();
    t.row("env_file", LIST, "Files of variables.").from(ShortForm.ENV_FILES).merged(Merge.BY_PATH);
    t.row("env_file[]", MAP, "One file of variables.").needs("path");
    t.row("env_file[].path", TEXT, "The file.").at(PathRule.FILE);
    t.row("env_file[].required", FLAG, "Whether it may be missing.").otherwise("true").kept();
    t.row("env_file[].format", TEXT, "raw for files without quotes and variables.");
    t.row("expose", SCALARS, "Ports other containers use.").merged(Merge.UNIQUE).distinct();
    t.row("extends", MAP, "A service this one builds on.").from(ShortForm.SERVICE).needs("service");
    t.row("extends.file", TEXT, "File of that service.");
    t.row("extends.service", TEXT, "Name of that service.");
    t.row("external_links", TEXTS, "Containers of others by name.").distinct();
    t.row("extra_hosts", NAMED, "Addresses by host name.").from(ShortForm.HOSTS);
    t.row("extra_hosts.*", TEXTS, "Addresses of one host.").merged(Merge.UNIQUE);
    t.row("group_add", SCALARS, "Further groups.").distinct();
    DeployAttributes.deviceRequests(t, "gpus", "Graphics processors.").from(ShortForm.GPUS);
    t.row("hostname", TEXT, "Host name in the container.");
    healthcheck(t);
    t.row("image", TEXT, "The image to run.").otherwise("PROJECT-SERVICE where it is built");
    t.row("init", FLAG, "Whether a small init is process 1.").kept();
    t.row("ipc", TEXT, "Whose IPC namespace.");
    t.row("isolation", TEXT, "Isolation technology.").idle(WINDOWS);
    t.row("labels", NAMED, "Labels of the containers.").from(ShortForm.PAIRS);
    t.row("labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    t.row("label_file", TEXTS, "Files of labels.")
        .from(ShortForm.LIST_OF_ONE)
        .merged(Merge.BY_NAME)
        .at(PathRule.FILE);
    t.row("links", TEXTS, "Services by another name.").merged(Merge.UNIQUE).distinct();
    t.row("logging", MAP, "Where output goes.").merged(Merge.BY_DRIVER);
    t.row("logging.driver", TEXT, "What keeps it.").otherwise("json-file");
    t.row("logging.options", NAMED, "Options of the driver.");
    t.row("logging.options.*", TEXT_OR_NUMBER, "One option.").orNothing().kept();
    t.row("mem_limit", BYTES, "Memory it may use.");
    t.row("mem_reservation", BYTES, "Memory it is left when memory is short.");
    t.row("memswap_limit", BYTES, "Memory and swap together; -1 for no bound.");
    t.row("mem_swappiness", BYTES, "How readily it is swapped out, 0 to 100.");
    t.row("mac_address", TEXT, "Hardware address in its first network.");
    t.row("models", NAMED, "Models it uses.")
        .refused("there is no model runner")
        .from(ShortForm.NAMES);
    t.row("models.*", MAP, "How it learns of one model.").orNothing();
    t.row("models.*.endpoint_var", TEXT, "Variable for the URL.");
    t.row("models.*.model_var", TEXT, "Variable for the name.");
    t.row("network_mode", TEXT, "Whose network namespace.");
    networks(t);
    t.row("oom_kill_disable", FLAG, "Whether the kernel spares it.");
    t.row("oom_score_adj", WHOLE, "How readily the kernel kills it.").between(-1000, 1000);
    t.row("pid", TEXT_OR_NOTHING, "Whose process namespace.");
    t.row("pids_limit", WHOLE, "Processes it may have; -1 for no bound.").cut();
    t.row("platform", TEXT, "Platform of the image, such as linux/amd64.");
    ports(t);
    t.row("privileged", FLAG, "Whether isolation is off.");
    t.row("pull_policy", TEXT, "When its image is pulled.")
        .otherwise("missing")
        .like(Grammar.PULL_POLICY);
    t.row("pull_refresh_after", TEXT, "How old its image may get.");
    t.row("read_only", FLAG, "Whether its root file system is read-only.");
    t.row("restart", TEXT, "What happens when it ends.")
        .otherwise("no")
        .like(Grammar.RESTART_POLICY);
    t.row("runtime", TEXT, "Program that runs the containers.");
    t.row("scale", WHOLE, "How many containers.").otherwise("1").between(0, Long.MAX_VALUE).kept();
    fileReferences(t, "secrets", "secret");
    t.row("security_opt", TEXTS, "Security options.").distinct();
    t.row("shm_size", BYTES, "Size of /dev/shm.").otherwise("64m");
    t.row("stdin_open", FLAG, "Whether standard input stays open.");
    t.row("stop_grace_period", DURATION, "How long stopping waits.").otherwise("10s").kept();
    t.row("stop_signal", TEXT, "Signal that stops it.").otherwise("the image's, or SIGTERM");
    t.row("storage_opt", NAMED, "Options of the storage driver.");
    t.row("storage_opt.*", SCALAR, "One option.").kept();
    t.row("sysctls", NAMED, "Kernel parameters.").from(ShortForm.PAIRS);
    t.row("sysctls.*", SCALAR_OR_NOTHING, "One parameter.").kept();
    t.row("tmpfs", TEXTS, "Directories in memory.")
        .from(ShortForm.LIST_OF_ONE)
        .merged(Merge.BY_NAME);
    t.row("tty", FLAG, "Whether it gets a terminal.");
    ulimits(t);
    t.row("use_api_socket", FLAG, "Whether it may talk to the engine.")
        .refused("bind the socket under volumes");
    t.row("user", TEXT, "User and group it runs as.").otherwise("the image's");
    t.row("userns_mode", TEXT, "Whose user namespace.");
    t.row("uts", TEXT, "Whose host name.");
    MountAttributes.addTo(t);
    t.row("volumes_from", TEXTS, "Containers whose volumes it shares.").distinct();
    t.row("working_dir", TEXT, "Directory it starts in.").otherwise("the image's");
    DeployAttributes.hooks(t);
  }

  static void ulimits(Rows t) {
    t.row("ulimits", NAMED, "Process limits.");
    t.row("ulimits.*", MAP, "One limit.").from(ShortForm.ULIMIT).needs("soft", "hard");
    t.row("ulimits.*.soft", WHOLE, "Where it warns.").kept();
    t.row("ulimits.*.hard", WHOLE, "Where it stops.").kept();
  }

  private static void blkio(Rows t) {
    t.row("blkio_config", MAP, "Limits of block devices.");
    t.row("blkio_config.weight", WHOLE, "Weight against other containers.");
    t.row("blkio_config.weight_device", LIST, "Weights of single devices.");
    t.row("blkio_config.weight_device[]", MAP, "One device.");
    t.row("blkio_config.weight_device[].path", TEXT, "Its path on the host.").kept().inJson("Path");
    t.row("blkio_config.weight_device[].weight", WHOLE, "Its weight.").kept().inJson("Weight");
    rates(t.below("blkio_config.device_read_bps"), "Bytes read a second.");
    rates(t.below("blkio_config.device_read_iops"), "Reads a second.");
    rates(t.below("blkio_config.device_write_bps"), "Bytes written a second.");
    rates(t.below("blkio_config.device_write_iops"), "Writes a second.");
  }

  private static void rates(Rows t, String sentence) {
    t.row("", LIST, sentence);
    t.rowBelow("[]", MAP, "One device.");
    t.rowBelow("[].path", TEXT, "Its path on the host.").kept().inJson("Path");
    t.rowBelow("[].rate", BYTES, "Its rate.").kept().inJson("Rate");
  }

  private static void fileReferences(Rows t, String key, String noun) {
    t.row(key, LIST, "The " + noun + "s it gets.").merged(Merge.BY_FILE_TARGET);
    t.row(key + "[]", MAP, "One " + noun + ".").from(ShortForm.FILE_REFERENCE);
    t.row(key + "[].source", TEXT, "Its name at the top level.");
    t.row(key + "[].target", TEXT, "Its path in the container.");
    t.row(key + "[].uid", TEXT, "Its owner.");
    t.row(key + "[].gid", TEXT, "Its group.");
    t.row(key + "[].mode", MODE, "Its permission bits.").kept();
  }

  private static void healthcheck(Rows t) {
    t.row("healthcheck", MAP, "How health is found out.");
    t.row("healthcheck.test", TEXTS, "The probe.").from(ShortForm.SHELL_TEST).merged(Merge.REPLACE);
    t.row("healthcheck.timeout", DURATION, "Time for one probe.").otherwise("30s").kept();
    t.row("healthcheck.interval", DURATION, "Time between probes.").otherwise("30s").kept();
    t.row("healthcheck.retries", WHOLE, "Failures that make it unhealthy.")
        .cut()
        .otherwise("3")
        .kept();
    t.row("healthcheck.start_period", DURATION, "Time in which failures do not count.")
        .otherwise("0s")
        .kept();
    t.row("healthcheck.start_interval", DURATION, "Time between probes in that time.")
        .otherwise("5s")
        .kept();
    t.row("healthcheck.disable", FLAG, "Whether the image's probe is off.");
  }

  private static void networks(Rows t) {
    t.row("networks", NAMED, "Networks it joins.")
        .otherwise("the network default")
        .from(ShortForm.NAMES);
    t.row("networks.*", MAP, "How it joins one.").orNothing();
    t.row("networks.*.aliases", TEXTS, "Further names.").merged(Merge.UNIQUE).distinct();
    t.row("networks.*.driver_opts", NAMED, "Options of the driver.");
    t.row("networks.*.driver_opts.*", TEXT_OR_NUMBER, "One option.").kept();
    t.row("networks.*.gw_priority", WHOLE, "The highest gives the default route.").cut();
    t.row("networks.*.interface_name", TEXT, "Name of the interface.");
    t.row("networks.*.ipv4_address", TEXT, "Fixed address.");
    t.row("networks.*.ipv6_address", TEXT, "Fixed address.");
    t.row("networks.*.link_local_ips", TEXTS, "Link-local addresses.")
        .merged(Merge.UNIQUE)
        .distinct();
    t.row("networks.*.mac_address", TEXT, "Hardware address.");
    t.row("networks.*.priority", WHOLE, "The highest is joined first.").cut();
  }

  private static void ports(Rows t) {
    t.row("ports", LIST, "Ports reachable from the host.")
        .from(ShortForm.PORTS)
        .merged(Merge.BY_PORT);
    t.row("ports[]", MAP, "One port.").needs("target");
    t.row("ports[].name", TEXT, "For people.");
    t.row("ports[].mode", TEXT, "Without meaning on one machine.").otherwise("ingress");
    t.row("ports[].host_ip", TEXT, "Address on the host.").otherwise("all addresses");
    t.row("ports[].target", WHOLE, "Port in the container.").between(1, 65535);
    t.row("ports[].published", TEXT_OR_NUMBER, "Port or ports on the host.");
    t.row("ports[].protocol", TEXT, "tcp, udp or sctp.").otherwise("tcp");
    t.row("ports[].app_protocol", TEXT, "For people.");
  }
}
