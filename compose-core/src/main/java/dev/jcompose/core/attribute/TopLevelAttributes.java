package dev.jcompose.core.attribute;

import static dev.jcompose.core.attribute.Type.FLAG;
import static dev.jcompose.core.attribute.Type.LIST;
import static dev.jcompose.core.attribute.Type.MAP;
import static dev.jcompose.core.attribute.Type.NAMED;
import static dev.jcompose.core.attribute.Type.SCALAR_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT;
import static dev.jcompose.core.attribute.Type.TEXTS;
import static dev.jcompose.core.attribute.Type.TEXT_OR_NUMBER;
import static dev.jcompose.core.attribute.Type.WHOLE;

/** The lines of the top level: sections, networks, volumes, configs, secrets, models. */
final class TopLevelAttributes {
  private TopLevelAttributes() {}

  static void addTo(Rows t) {
    t.row("version", TEXT, "Read by old tools only.");
    t.row("name", TEXT, "Name of the project.").otherwise("the name of the directory");
    t.row("include", LIST, "Other Compose files this one builds on.").from(ShortForm.INCLUDE);
    t.row("include[]", MAP, "One file to include, with its overrides.").needs("path");
    t.row("include[].path", TEXTS, "The file and files that override it.")
        .from(ShortForm.LIST_OF_ONE);
    t.row("include[].project_directory", TEXT, "Base of the relative paths in it.")
        .otherwise("the directory of its first file");
    t.row("include[].env_file", TEXTS, "Variables for it.")
        .otherwise(".env there")
        .from(ShortForm.LIST_OF_ONE);
    t.row("services", NAMED, "What runs.").kept();
    t.row("services.*", MAP, "One service: containers made alike.");
    t.row("networks", NAMED, "Networks the services join.");
    networks(t.below("networks"));
    t.row("volumes", NAMED, "Named volumes.");
    volumes(t.below("volumes"));
    t.row("secrets", NAMED, "Secret files for services.");
    fileObjects(t.below("secrets"), false);
    t.row("configs", NAMED, "Files for services.");
    fileObjects(t.below("configs"), true);
    t.row("models", NAMED, "Language models services use.");
    models(t.below("models"));
  }

  private static void networks(Rows t) {
    t.row("*", MAP, "One network.").orNothing().from(ShortForm.EXTERNAL);
    t.row("*.name", TEXT, "The engine's name for it.");
    t.row("*.driver", TEXT, "What makes it; bridge unless said otherwise.").otherwise("bridge");
    t.row("*.driver_opts", NAMED, "Options of the driver.");
    t.row("*.driver_opts.*", TEXT_OR_NUMBER, "One option.").kept();
    t.row("*.ipam", MAP, "Its addresses.").embedded();
    t.row("*.ipam.driver", TEXT, "What manages the addresses.");
    t.row("*.ipam.config", LIST, "Address pools.").merged(Merge.BY_SUBNET);
    t.row("*.ipam.config[]", MAP, "One address pool.");
    t.row("*.ipam.config[].subnet", TEXT, "The pool in CIDR form.");
    t.row("*.ipam.config[].gateway", TEXT, "Address of the bridge.");
    t.row("*.ipam.config[].ip_range", TEXT, "Part of the pool for containers.");
    t.row("*.ipam.config[].aux_addresses", NAMED, "Addresses kept free.");
    t.row("*.ipam.config[].aux_addresses.*", TEXT, "One address.").kept();
    t.row("*.ipam.options", NAMED, "Options of the address driver.");
    t.row("*.ipam.options.*", TEXT, "One option.").kept();
    t.row("*.external", FLAG, "Whether it must be there already.");
    t.row("*.internal", FLAG, "Whether it has no way out.");
    t.row("*.attachable", FLAG, "Whether containers of others may join.");
    t.row("*.labels", NAMED, "Labels.").from(ShortForm.PAIRS);
    t.row("*.labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    t.row("*.enable_ipv4", FLAG, "Whether it has IPv4 addresses.").kept();
    t.row("*.enable_ipv6", FLAG, "Whether it has IPv6 addresses.").kept();
  }

  private static void volumes(Rows t) {
    t.row("*", MAP, "One volume.").orNothing().from(ShortForm.EXTERNAL);
    t.row("*.name", TEXT, "The engine's name for it.");
    t.row("*.driver", TEXT, "What makes it; local unless said otherwise.").otherwise("local");
    t.row("*.driver_opts", NAMED, "Options of the driver.").at(PathRule.VOLUME_DEVICE);
    t.row("*.driver_opts.*", TEXT_OR_NUMBER, "One option.").kept();
    t.row("*.external", FLAG, "Whether it must be there already.");
    t.row("*.labels", NAMED, "Labels.").from(ShortForm.PAIRS);
    t.row("*.labels.*", SCALAR_OR_NOTHING, "One label.").kept();
  }

  private static void fileObjects(Rows t, boolean configs) {
    t.row("*", MAP, configs ? "One config." : "One secret.").from(ShortForm.EXTERNAL);
    t.row("*.name", TEXT, "The engine's name for it.");
    t.row("*.file", TEXT, "File of this machine with the content.").at(PathRule.FILE);
    t.row("*.environment", TEXT, "Variable with the content.");
    if (configs) {
      t.row("*.content", TEXT, "The content itself.");
    }
    t.row("*.external", FLAG, "Whether it must be there already.");
    t.row("*.labels", NAMED, "Labels.").from(ShortForm.PAIRS);
    t.row("*.labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    if (!configs) {
      t.row("*.driver", TEXT, "What keeps it.");
      t.row("*.driver_opts", NAMED, "Options of the driver.");
      t.row("*.driver_opts.*", TEXT_OR_NUMBER, "One option.").kept();
    }
    t.row("*.template_driver", TEXT, "What fills in its template.");
  }

  private static void models(Rows t) {
    t.row("*", MAP, "One model.").needs("model");
    t.row("*.name", TEXT, "The runner's name for it.");
    t.row("*.model", TEXT, "Reference of the model.");
    t.row("*.context_size", WHOLE, "Tokens of context.");
    t.row("*.runtime_flags", TEXTS, "Flags of the runner.");
  }
}
