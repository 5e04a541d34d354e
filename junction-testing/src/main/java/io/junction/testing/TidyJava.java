package io.junction.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@link TidyRules} asks of Java files and packages. */
final class TidyJava {

  private static final int MAIN_LINES = 300;
  private static final int TEST_LINES = 500;
  private static final int COLUMNS = 100;
  private static final int TYPES = 15;
  private static final String INFO = "package-info.java";
  private static final Pattern UNBREAKABLE = Pattern.compile("^(import|package) .*|.*://.*");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:(?:abstract|final|sealed|non-sealed|strictfp) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+).*");
  private static final Pattern IN_TESTS = Pattern.compile("\\bThread\\.sleep\\(|^\\s*@Disabled\\b");

  private TidyJava() {}

  static Stream<String> violations(Path file) {
    var lines = TidyRules.lines(file);
    var violations = new ArrayList<String>();
    boolean test = isTest(file);
    int limit = test ? TEST_LINES : MAIN_LINES;
    if (lines.size() > limit) {
      violations.add(
          "%s has %d lines, %d are allowed: find the second thing in it and give it a file"
              .formatted(file, lines.size(), limit));
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() > COLUMNS && !UNBREAKABLE.matcher(line).matches()) {
        violations.add(
            "%s:%d has %d columns, %d are allowed: break it, also inside a text block"
                .formatted(file, i + 1, line.length(), COLUMNS));
      }
      if (test && IN_TESTS.matcher(line).find()) {
        violations.add(
            "%s:%d sleeps or is disabled: wait for what is expected (Awaitility), repair or delete"
                .formatted(file, i + 1));
      }
      var type = PUBLIC_TYPE.matcher(line);
      if (!test && type.matches() && !hasJavadoc(lines, i)) {
        violations.add(
            "%s:%d %s has no Javadoc: say what it is, in a noun phrase, or make it package-private"
                .formatted(file, i + 1, type.group(1)));
      }
    }
    return violations.stream();
  }

  /**
   * Upwards over annotations to the end of a comment; a blank line or other code ends the search.
   */
  private static boolean hasJavadoc(List<String> lines, int type) {
    for (int i = type - 1; i >= 0; i--) {
      String line = lines.get(i).strip();
      if (line.endsWith("*/")) {
        return true;
      }
      if (line.isEmpty() || line.endsWith(";")) {
        return false;
      }
    }
    return false;
  }

  static Stream<String> packageViolations(List<Path> files) {
    var folders = new TreeMap<Path, List<String>>();
    for (Path file : files) {
      if (file.toString().endsWith(".java") && file.toString().contains("/src/")) {
        folders
            .computeIfAbsent(file.getParent(), folder -> new ArrayList<>())
            .add(file.getFileName().toString());
      }
    }
    var violations = new ArrayList<String>();
    folders.forEach(
        (folder, names) -> {
          Path main = Path.of(folder.toString().replace("/src/test/java/", "/src/main/java/"));
          if (!names.contains(INFO) && !folders.getOrDefault(main, List.of()).contains(INFO)) {
            violations.add(
                folder
                    + " has no package-info.java: write one, @NullMarked, and say what is in it");
          }
          long types = names.stream().filter(name -> !name.equals(INFO)).count();
          if (!isTest(folder) && types > TYPES) {
            violations.add(
                "%s has %d types, %d are allowed: split it by feature"
                    .formatted(folder, types, TYPES));
          }
        });
    return violations.stream();
  }

  private static boolean isTest(Path path) {
    return path.toString().contains("/src/test/");
  }
}
