import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The formatter check. {@code --dry-run} names the files that google-java-format would change and
 * fails; {@code --replace} changes them.
 */
class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "testfiles");

  public static void main(String[] args) throws Exception {
    boolean replace = args[0].equals("--replace");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String source = Files.readString(file);
      String imports = RemoveUnusedImports.removeUnusedImports(source);
      String formatted =
          formatter.formatSource(ImportOrderer.reorderImports(imports, Style.GOOGLE));
      if (formatted.equals(source)) {
        continue;
      }
      unformatted.add(root.relativize(file));
      if (replace) {
        Files.writeString(file, formatted);
      }
    }
    if (!replace && !unformatted.isEmpty()) {
      System.err.println("Not formatted; run `./dev format`:");
      unformatted.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws Exception {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new java.nio.file.SimpleFileVisitor<>() {
          @Override
          public java.nio.file.FileVisitResult preVisitDirectory(
              Path dir, java.nio.file.attribute.BasicFileAttributes attributes) {
            return dir.getFileName() != null && SKIPPED.contains(dir.getFileName().toString())
                ? java.nio.file.FileVisitResult.SKIP_SUBTREE
                : java.nio.file.FileVisitResult.CONTINUE;
          }

          @Override
          public java.nio.file.FileVisitResult visitFile(
              Path file, java.nio.file.attribute.BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return java.nio.file.FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
