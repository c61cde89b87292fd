package dev.jcompose.core.load;

import dev.jcompose.core.dotenv.DotEnv;
import dev.jcompose.core.dotenv.DotEnvException;
import dev.jcompose.core.interpolate.Lookup;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the env files and label files of services and puts what they hold under what the service
 * says itself.
 */
final class ServiceFiles {
  private final Session session;
  private final Lookup variables;

  ServiceFiles(Session session, Lookup variables) {
    this.session = session;
    this.variables = variables;
  }

  /** Problems with one file do not keep the others from being read. */
  void resolve(String name, YamlMap service) {
    String path = "services." + name + ".";
    if (service.get("env_file") instanceof YamlList files) {
      YamlMap own = own(service, "environment");
      YamlMap all = new YamlMap(own.origin());
      for (int i = 0; i < files.size(); i++) {
        if (files.get(i) instanceof YamlMap file) {
          environment(file, path + "env_file[" + i + "]", own, all);
        }
      }
      lay(service, "environment", all, own);
      service.remove("env_file");
    }
    if (service.get("label_file") instanceof YamlList files) {
      YamlMap own = own(service, "labels");
      YamlMap all = new YamlMap(own.origin());
      for (int i = 0; i < files.size(); i++) {
        if (files.get(i) instanceof YamlScalar file) {
          String at = path + "label_file[" + i + "]";
          NamedFile named = new NamedFile(Path.of(file.string()), file.location(), at);
          read(named, "a label file", "", variables, all);
        }
      }
      lay(service, "labels", all, own);
      service.remove("label_file");
    }
  }

  private static YamlMap own(YamlMap service, String key) {
    YamlMap own = service.map(key);
    return own == null ? new YamlMap(service.origin()) : own;
  }

  private static void lay(YamlMap service, String key, YamlMap under, YamlMap own) {
    for (YamlMap.Entry entry : own) {
      YamlNode old = under.get(entry.key());
      YamlNode value = entry.value();
      if (old != null && value instanceof YamlScalar scalar) {
        value = scalar.with(scalar.origin().replacing(old));
      }
      under.put(entry.key(), entry.keyLocation(), value);
    }
    if (!under.isEmpty()) {
      service.put(key, under);
    }
  }

  private void environment(YamlMap file, String attribute, YamlMap own, YamlMap all) {
    YamlNode at = file.get("path");
    String name = file.string("path");
    if (name == null || at == null) {
      return;
    }
    Path path = session.request().currentDirectory().resolve(name);
    boolean required =
        !(file.get("required") instanceof YamlScalar flag && Boolean.FALSE.equals(flag.value()));
    if (!required && !Files.exists(path)) {
      return;
    }
    Lookup known =
        variable -> {
          String value = variables.get(variable);
          if (value == null) {
            value = own.string(variable);
          }
          return value == null ? all.string(variable) : value;
        };
    String format = file.string("format");
    NamedFile named = new NamedFile(path, at.location(), attribute);
    read(named, "an env file", format == null ? "" : format, known, all);
  }

  private void read(NamedFile file, String what, String format, Lookup known, YamlMap all) {
    try {
      values(file, what, format, known, all);
    } catch (ComposeException e) {
      e.problems().forEach(session.problems()::add);
    }
  }

  private void values(NamedFile file, String what, String format, Lookup known, YamlMap all)
      throws ComposeException {
    String name = session.display(file.path());
    String text = session.text(file, what);
    Map<String, DotEnv.Value> values;
    if (format.equals("raw")) {
      try {
        values = DotEnv.parseRaw(text, known);
      } catch (DotEnvException e) {
        throw Variables.unreadable(name, e);
      }
    } else {
      values = Variables.parse(session, name, text, known);
    }
    for (Map.Entry<String, DotEnv.Value> entry : values.entrySet()) {
      Origin origin = Origin.written(new Location(name, entry.getValue().line(), 1));
      all.put(entry.getKey(), origin.location(), YamlScalar.of(entry.getValue().value(), origin));
    }
  }
}
