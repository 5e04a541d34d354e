package io.junction.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyRulesTest {

  private static final String NOTE = "TO" + "DO";

  @TempDir Path root;

  @Test
  void a_tidy_repository_has_no_violations() throws IOException {
    write("m/src/main/java/p/package-info.java", "/** P. */\npackage p;\n");
    write(
        "m/src/main/java/p/A.java",
        "package p;\n\n/** An A. */\n@Tag(\n    \"a\")\npublic final class A {}\n");
    write("m/src/test/java/p/ATest.java", "package p;\n\npublic class ATest {}\n");
    write(
        "README.md",
        """
        # Title
        ## 1. Two words, `code`: a-b
        [there](docs/a.md#sub) [here](#1-two-words-code-a-b) [out](https://example.org/x)
        `[no](link)`
        ```
        # no title
        [no](link)
        ```
        """);
    write("docs/a.md", "# A\n## Sub\n[up](../README.md) [folder](../m)\n");
    write("db/migration/V1__first.sql", "SELECT 1;\n");
    write("db/migration/V2__second_one.sql", "SELECT 2;\n");
    write("target/Junk.java", "// " + NOTE);
    assertThat(TidyRules.violations(root)).isEmpty();
  }

  @Test
  void every_violation_says_where_it_is_and_what_to_do() throws IOException {
    write("m/src/main/java/p/Long.java", "package p;\n" + "\n".repeat(300));
    write("m/src/main/java/p/Wide.java", "class Wide {} //" + "x".repeat(100) + "\n");
    write("m/src/main/java/p/Bare.java", "package p;\n\n@Tag\npublic record Bare() {}\n");
    write(
        "m/src/test/java/q/BTest.java", "  @Disabled\n  Thread" + ".sleep(1);\n// " + NOTE + "\n");
    for (int i = 0; i < 15; i++) {
      write("m/src/main/java/p/T" + i + ".java", "package p;\n");
    }
    write("a.md", "# One\n# Two\n[x](b.md) [y](#two) [z](#three)\n");
    write("db/migration/V1__a.sql", "");
    write("db/migration/V3__b.sql", "");
    write("db/migration/v4_c.sql", "");
    assertThat(TidyRules.violations(root))
        .extracting(violation -> violation.replaceFirst(":(?!\\d).*|,.*", ""))
        .containsExactly(
            "a.md has 2 titles (lines that begin with one #)",
            "a.md:3 links to #three",
            "a.md:3 links to b.md",
            "db/migration has V3 where V2 is due",
            "db/migration/v4_c.sql is no migration's name",
            "m/src/main/java/p has 18 types",
            "m/src/main/java/p has no package-info.java",
            "m/src/main/java/p/Bare.java:4 Bare has no Javadoc",
            "m/src/main/java/p/Long.java has 301 lines",
            "m/src/main/java/p/Wide.java:1 has 116 columns",
            "m/src/test/java/q has no package-info.java",
            "m/src/test/java/q/BTest.java:1 sleeps or is disabled",
            "m/src/test/java/q/BTest.java:2 sleeps or is disabled",
            "m/src/test/java/q/BTest.java:3 a note to yourself");
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
