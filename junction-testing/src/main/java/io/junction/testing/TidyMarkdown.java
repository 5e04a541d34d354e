package io.junction.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@link TidyRules} asks of Markdown files: one title, and links that lead somewhere. */
final class TidyMarkdown {

  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)|^\\[[^\\]]+\\]:\\s*(\\S+)");
  private static final Pattern ELSEWHERE = Pattern.compile("^([a-z][a-z0-9+.-]*:|//).*");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?)( +#+)?$");
  private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}\\p{M} _-]");

  private TidyMarkdown() {}

  static Stream<String> violations(Path file) {
    var lines = prose(file);
    var violations = new ArrayList<String>();
    long titles = lines.stream().filter(line -> line.startsWith("# ")).count();
    if (titles != 1) {
      violations.add(
          "%s has %d titles (lines that begin with one #): leave exactly one"
              .formatted(file, titles));
    }
    for (int i = 0; i < lines.size(); i++) {
      var link = LINK.matcher(CODE.matcher(lines.get(i)).replaceAll("code"));
      while (link.find()) {
        String target = link.group(1) == null ? link.group(2) : link.group(1);
        if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(file, target)) {
          violations.add(
              "%s:%d links to %s, which is not there: correct the link, or remove it"
                  .formatted(file, i + 1, target));
        }
      }
    }
    return violations.stream();
  }

  private static boolean leadsSomewhere(Path file, String target) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path linked =
        path.isEmpty()
            ? file
            : file.resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8)).normalize();
    if (!Files.exists(linked)) {
      return false;
    }
    return hash < 0
        || !linked.toString().endsWith(".md")
        || anchors(linked).contains(target.substring(hash + 1));
  }

  /** As GitHub makes them from headings: small, without punctuation, numbered when repeated. */
  private static Set<String> anchors(Path file) {
    var anchors = new HashSet<String>();
    for (String line : prose(file)) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        String text = heading.group(1).toLowerCase(Locale.ROOT);
        String anchor = NOT_IN_ANCHOR.matcher(text).replaceAll("").replace(' ', '-');
        for (int n = 1; !anchors.add(n == 1 ? anchor : anchor + "-" + (n - 1)); n++) {}
      }
    }
    return anchors;
  }

  /** The lines, with those inside code fences emptied. */
  private static List<String> prose(Path file) {
    var prose = new ArrayList<String>();
    boolean inCode = false;
    for (String line : TidyRules.lines(file)) {
      boolean fence = FENCE.matcher(line).matches();
      prose.add(fence || inCode ? "" : line);
      inCode ^= fence;
    }
    return prose;
  }
}
