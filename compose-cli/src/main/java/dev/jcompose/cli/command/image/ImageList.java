package dev.jcompose.cli.command.image;

import dev.jcompose.cli.render.table.Age;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.render.table.Listing;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.engine.api.image.ImageSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images as {@code image ls} lists them: a row for each name.
 *
 * @param digests whether people see the digests that registries know them by
 * @param wholeIds whether people see ids in full
 */
record ImageList(List<ImageSummary> images, boolean digests, boolean wholeIds, Instant now)
    implements Listing {
  private static final String NONE = "<none>";
  private static final int SHORT_ID = 12;

  private record Row(ImageSummary image, String repository, String tag, String digest) {}

  ImageList {
    images = List.copyOf(images);
  }

  @Override
  public Table table() {
    Table table =
        digests
            ? new Table("IMAGE", "DIGEST", "ID", "CREATED", "SIZE")
            : new Table("IMAGE", "ID", "CREATED", "SIZE");
    for (Row row : list()) {
      String name = row.tag().equals(NONE) ? row.repository() : row.repository() + ":" + row.tag();
      String size = Bytes.of(row.image().size());
      String created = age(row.image());
      if (digests) {
        table.row(name, row.digest(), id(row.image()), created, size);
      } else {
        table.row(name, id(row.image()), created, size);
      }
    }
    return table;
  }

  @Override
  public List<Map<String, Object>> rows() {
    return list().stream().map(this::fields).toList();
  }

  @Override
  public Map<String, String> titles() {
    return Map.of("ID", "IMAGE ID", "CreatedSince", "CREATED");
  }

  /** The id as it is shown. */
  String id(ImageSummary image) {
    if (wholeIds) {
      return image.id();
    }
    String hex = image.id().substring(image.id().indexOf(':') + 1);
    return hex.substring(0, Math.min(SHORT_ID, hex.length()));
  }

  private String age(ImageSummary image) {
    return Age.of(Duration.between(Instant.ofEpochSecond(image.created()), now)) + " ago";
  }

  private List<Row> list() {
    List<Row> rows = new ArrayList<>();
    for (ImageSummary image : images) {
      List<String> named = new ArrayList<>();
      for (String name : image.repoTags()) {
        int colon = name.lastIndexOf(':');
        String repository = name.substring(0, colon);
        named.add(repository);
        rows.add(new Row(image, repository, name.substring(colon + 1), digest(image, repository)));
      }
      for (String reference : image.repoDigests()) {
        String repository = reference.substring(0, reference.indexOf('@'));
        if (!named.contains(repository)) {
          rows.add(new Row(image, repository, NONE, digest(image, repository)));
        }
      }
      if (image.repoTags().isEmpty() && image.repoDigests().isEmpty()) {
        rows.add(new Row(image, NONE, NONE, NONE));
      }
    }
    return rows;
  }

  private static String digest(ImageSummary image, String repository) {
    return image.repoDigests().stream()
        .filter(reference -> reference.startsWith(repository + "@"))
        .findFirst()
        .map(reference -> reference.substring(repository.length() + 1))
        .orElse(NONE);
  }

  // The fields of `docker image ls`.
  private Map<String, Object> fields(Row row) {
    ImageSummary image = row.image();
    long shared = image.sharedSize();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Containers", image.containers() < 0 ? "N/A" : Long.toString(image.containers()));
    fields.put("CreatedAt", Instant.ofEpochSecond(image.created()).toString());
    fields.put("CreatedSince", age(image));
    fields.put("Digest", row.digest());
    fields.put("ID", id(image));
    fields.put("Repository", row.repository());
    fields.put("SharedSize", shared < 0 ? "N/A" : Bytes.of(shared));
    fields.put("Size", Bytes.of(image.size()));
    fields.put("Tag", row.tag());
    fields.put("UniqueSize", shared < 0 ? "N/A" : Bytes.of(image.size() - shared));
    return fields;
  }
}
