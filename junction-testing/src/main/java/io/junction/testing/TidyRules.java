package io.junction.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What keeps the repository readable and no compiler checks: sizes, links, names of migrations,
 * leftovers. Each violation says where it is and what to do.
 */
public final class TidyRules {

  private static final Set<String> SKIPPED_FOLDERS =
      Set.of(".git", ".idea", ".junction", ".vscode", "node_modules", "target");
  private static final Set<String> TEXT_ENDINGS =
      Set.of("java", "sql", "md", "xml", "yml", "yaml", "properties", "sh", "html", "css", "js");
  private static final Pattern LEFTOVER = Pattern.compile("\\b(FIX[M]E|TO[D]O|X[X]X)\\b");
  private static final Pattern MIGRATION = Pattern.compile("V([1-9]\\d*)__([a-z0-9_]+)\\.sql");

  private TidyRules() {}

  /**
   * Checks the repository in which the tests run.
   *
   * @throws AssertionError that lists every violation
   */
  public static void check() {
    var violations = violations(root());
    if (!violations.isEmpty()) {
      throw new AssertionError(
          violations.size() + " untidy places:\n" + String.join("\n", violations));
    }
  }

  /** The repository's folder: the nearest one above the current folder that holds mvnw. */
  public static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder with mvnw above " + start);
  }

  static List<String> violations(Path root) {
    var files = files(root);
    return Stream.of(
            files.stream().filter(file -> ends(file, "java")).flatMap(TidyJava::violations),
            TidyJava.packageViolations(files),
            files.stream().filter(file -> ends(file, "md")).flatMap(TidyMarkdown::violations),
            files.stream().filter(TidyRules::isText).flatMap(TidyRules::leftovers),
            migrations(root.resolve("db/migration")))
        .flatMap(violation -> violation)
        .map(violation -> violation.replace(root + "/", ""))
        .sorted()
        .toList();
  }

  private static Stream<String> leftovers(Path file) {
    var lines = lines(file);
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .filter(i -> LEFTOVER.matcher(lines.get(i)).find())
        .map(
            i ->
                "%s:%d a note to yourself: do it now, or open an issue and remove the note"
                    .formatted(file, i + 1));
  }

  private static Stream<String> migrations(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    var violations = new ArrayList<String>();
    var versions = new ArrayList<Integer>();
    for (Path file : files(folder)) {
      var name = MIGRATION.matcher(file.getFileName().toString());
      if (name.matches()) {
        versions.add(Integer.valueOf(name.group(1)));
      } else {
        violations.add(file + " is no migration's name: call it V<number>__<small_words>.sql");
      }
    }
    versions.sort(null);
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i) != i + 1) {
        violations.add(
            folder + " has V" + versions.get(i) + " where V" + (i + 1) + " is due: renumber it");
        break;
      }
    }
    return violations.stream();
  }

  private static List<Path> files(Path root) {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
              return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot walk through " + root, failure);
    }
    found.sort(null);
    return found;
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file + " as UTF-8", failure);
    }
  }

  private static boolean isText(Path file) {
    return TEXT_ENDINGS.stream().anyMatch(ending -> ends(file, ending));
  }

  private static boolean ends(Path file, String ending) {
    return file.toString().endsWith("." + ending);
  }
}
