package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Age;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.render.table.Listing;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageInspect;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code images}: the images of a project's containers. */
public final class ProjectImagesCommand implements Command {
  private record Row(ContainerView container, ImageInspect image) {
    String repository() {
      int colon = colon();
      return colon < 0 ? "<none>" : image.repoTags().getFirst().substring(0, colon);
    }

    String tag() {
      int colon = colon();
      return colon < 0 ? "<none>" : image.repoTags().getFirst().substring(colon + 1);
    }

    private int colon() {
      return image.repoTags().isEmpty() ? -1 : image.repoTags().getFirst().lastIndexOf(':');
    }

    String platform() {
      return image.os()
          + "/"
          + image.architecture()
          + (image.variant().isEmpty() ? "" : "/" + image.variant());
    }
  }

  private record Rows(List<Row> list, Instant now) implements Listing {
    Rows {
      list = List.copyOf(list);
    }

    @Override
    public Table table() {
      Table table =
          new Table("CONTAINER", "REPOSITORY", "TAG", "PLATFORM", "IMAGE ID", "SIZE", "CREATED");
      for (Row row : list) {
        table.row(
            row.container().name(),
            row.repository(),
            row.tag(),
            row.platform(),
            row.image().id().replaceFirst("^sha256:", "").substring(0, 12),
            Bytes.of(row.image().size()),
            Age.of(Duration.between(OffsetDateTime.parse(row.image().created()).toInstant(), now))
                + " ago");
      }
      return table;
    }

    @Override
    public List<Map<String, Object>> rows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Row row : list) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ID", row.image().id());
        fields.put("ContainerName", row.container().name());
        fields.put("Repository", row.repository());
        fields.put("Tag", row.tag());
        fields.put("Platform", row.platform());
        fields.put("Size", row.image().size());
        fields.put("Created", row.image().created());
        fields.put("LastTagTime", row.image().metadata().string("LastTagTime"));
        rows.add(fields);
      }
      return rows;
    }

    @Override
    public Map<String, String> titles() {
      return Map.of("ID", "IMAGE ID", "ContainerName", "CONTAINER");
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Ids only.", "-q", "--quiet")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .operands("SERVICE", "0..*", "Only containers of these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose images", arguments.text("--format"), RowFormat.JsonShape.ARRAY);
    ProjectContext context = ProjectContext.of(session, List.of());
    List<ContainerView> containers;
    try (Engine engine = session.engine()) {
      containers = context.containers(engine, arguments.operands(), false);
    }
    Map<String, ImageInspect> images = new LinkedHashMap<>();
    try (EngineClient client = session.client()) {
      for (ContainerView container : containers) {
        images.computeIfAbsent(container.imageId(), id -> client.images().inspect(id));
      }
    }
    if (arguments.flag("--quiet")) {
      images.keySet().forEach(id -> session.out().println(id.substring(id.indexOf(':') + 1)));
    } else {
      List<Row> rows = new ArrayList<>();
      for (ContainerView container : containers) {
        ImageInspect image = images.get(container.imageId());
        if (image != null) {
          rows.add(new Row(container, image));
        }
      }
      session.out().print(format.print(new Rows(rows, Instant.now())));
    }
    return ExitCode.OK.code();
  }
}
