package dev.jcompose.core.attribute;

import static dev.jcompose.core.attribute.Type.BYTES;
import static dev.jcompose.core.attribute.Type.COUNT;
import static dev.jcompose.core.attribute.Type.DURATION;
import static dev.jcompose.core.attribute.Type.FLAG;
import static dev.jcompose.core.attribute.Type.LIST;
import static dev.jcompose.core.attribute.Type.MAP;
import static dev.jcompose.core.attribute.Type.NAMED;
import static dev.jcompose.core.attribute.Type.NUMBER;
import static dev.jcompose.core.attribute.Type.SCALAR_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT;
import static dev.jcompose.core.attribute.Type.TEXTS;
import static dev.jcompose.core.attribute.Type.WHOLE;

/** The lines of {@code deploy}, {@code develop}, device requests and hooks. */
final class DeployAttributes {
  private static final String CLUSTER = "only clusters know it";

  private DeployAttributes() {}

  static void deploy(Rows service) {
    service.row("deploy", MAP, "How many containers and what they may use.").orNothing();
    Rows t = service.below("deploy");
    t.row("mode", TEXT, "How containers are spread.").idle(CLUSTER);
    t.row("replicas", WHOLE, "How many containers.")
        .otherwise("1")
        .between(0, Long.MAX_VALUE)
        .kept();
    t.row("labels", NAMED, "Labels of the service.").from(ShortForm.PAIRS).idle(CLUSTER);
    t.row("labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    t.row("update_config", MAP, "How a new version is rolled out.");
    update(t, "update_config");
    t.row("rollback_config", MAP, "How a failed version is rolled back.")
        .idle("old containers are all brought back at once");
    update(t, "rollback_config");
    t.row("resources", MAP, "What it may use.").embedded();
    t.row("resources.limits", MAP, "The most it may use.");
    t.row("resources.limits.cpus", NUMBER, "Processors.");
    t.row("resources.limits.memory", BYTES, "Memory.").quoted();
    t.row("resources.limits.pids", WHOLE, "Processes.");
    t.row("resources.reservations", MAP, "The least it is left.");
    t.row("resources.reservations.cpus", NUMBER, "Processors.").idle(CLUSTER);
    t.row("resources.reservations.memory", BYTES, "Memory.").quoted();
    deviceRequests(t, "resources.reservations.devices", "Devices.");
    t.row("resources.reservations.generic_resources", LIST, "Other resources.").idle(CLUSTER);
    Rows g = t.below("resources.reservations");
    g.row("generic_resources[]", MAP, "One resource.");
    g.row("generic_resources[].discrete_resource_spec", MAP, "A countable resource.");
    g.row("generic_resources[].discrete_resource_spec.kind", TEXT, "Its kind.").kept();
    g.row("generic_resources[].discrete_resource_spec.value", WHOLE, "How many.").cut().kept();
    t.row("restart_policy", MAP, "What happens when it ends.");
    t.row("restart_policy.condition", TEXT, "When it is started again.");
    t.row("restart_policy.delay", DURATION, "Time before that.").kept().idle(CLUSTER);
    t.row("restart_policy.max_attempts", WHOLE, "How often.").kept();
    t.row("restart_policy.window", DURATION, "Time that makes a success.").kept().idle(CLUSTER);
    t.row("placement", MAP, "Where it runs.").embedded();
    t.row("placement.constraints", TEXTS, "Where it must run.").idle(CLUSTER);
    t.row("placement.preferences", LIST, "Where it should run.").idle(CLUSTER);
    t.row("placement.preferences[]", MAP, "One preference.");
    t.row("placement.preferences[].spread", TEXT, "What to spread over.");
    t.row("placement.max_replicas_per_node", WHOLE, "How many on one machine.").idle(CLUSTER);
    t.row("endpoint_mode", TEXT, "How clients find it.").idle(CLUSTER);
  }

  private static void update(Rows t, String key) {
    t.row(key + ".parallelism", WHOLE, "How many at a time.").kept();
    t.row(key + ".delay", DURATION, "Time between them.");
    t.row(key + ".failure_action", TEXT, "What happens on failure.");
    t.row(key + ".monitor", DURATION, "Time to watch for failure.");
    Attribute ratio = t.row(key + ".max_failure_ratio", NUMBER, "Failures to bear.");
    if (key.equals("update_config")) {
      ratio.idle("the first container that fails counts");
    }
    t.row(key + ".order", TEXT, "What comes first.").oneOf("start-first", "stop-first");
  }

  static Attribute deviceRequests(Rows t, String key, String sentence) {
    Attribute list = t.row(key, LIST, sentence);
    Attribute request = t.row(key + "[]", MAP, "One request.");
    if (!key.equals("gpus")) {
      request.needs("capabilities");
    }
    t.row(key + "[].capabilities", TEXTS, "What they can do.").distinct();
    t.row(key + "[].driver", TEXT, "What drives them.");
    t.row(key + "[].count", COUNT, "How many, or all.");
    t.row(key + "[].device_ids", TEXTS, "Which.").distinct();
    t.row(key + "[].options", NAMED, "Options of the driver.").from(ShortForm.PAIRS);
    t.row(key + "[].options.*", SCALAR_OR_NOTHING, "One option.").kept();
    return list;
  }

  static void develop(Rows service) {
    service.row("develop", MAP, "What happens while files change.").orNothing();
    Rows t = service.below("develop");
    t.row("watch", LIST, "Rules by path.");
    t.row("watch[]", MAP, "One rule.").needs("path", "action");
    t.row("watch[].path", TEXT, "What to watch.").at(PathRule.REAL_FILE);
    t.row("watch[].action", TEXT, "What to do.")
        .oneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec");
    t.row("watch[].target", TEXT, "Where to copy.");
    t.row("watch[].exec", MAP, "What to run after copying.").needs("command").embedded();
    hookAttributes(t.below("watch[].exec"));
    t.row("watch[].include", TEXTS, "Files to look at.").from(ShortForm.LIST_OF_ONE).distinct();
    t.row("watch[].ignore", TEXTS, "Files not to look at.").from(ShortForm.LIST_OF_ONE).distinct();
    t.row("watch[].initial_sync", FLAG, "Whether all is copied at the start.");
  }

  static void hooks(Rows t) {
    t.row("pre_start", LIST, "Run in containers of their own before it starts.");
    t.row("pre_start[]", MAP, "One command.");
    hookAttributes(t.below("pre_start[]"));
    t.row("pre_start[].image", TEXT, "Image of the container.");
    t.row("pre_start[].per_replica", FLAG, "Whether it runs for each container.");
    t.row("post_start", LIST, "Run in the container after it started.");
    t.row("post_start[]", MAP, "One command.").needs("command");
    hookAttributes(t.below("post_start[]"));
    t.row("pre_stop", LIST, "Run in the container before it is stopped.");
    t.row("pre_stop[]", MAP, "One command.").needs("command");
    hookAttributes(t.below("pre_stop[]"));
  }

  private static void hookAttributes(Rows t) {
    t.row("command", TEXTS, "The command.")
        .orNothing()
        .from(ShortForm.WORDS)
        .merged(Merge.REPLACE)
        .nullInJson();
    t.row("user", TEXT, "User it runs as.");
    t.row("privileged", FLAG, "Whether it is not isolated.");
    t.row("working_dir", TEXT, "Directory it starts in.");
    t.row("environment", NAMED, "Variables.").from(ShortForm.VARIABLES);
    t.row("environment.*", SCALAR_OR_NOTHING, "One variable.").kept();
  }
}
