package io.junction.dispatcher.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.nio.file.Files;

/**
 * What was sent once, in docs/notifications. A test sends it again and compares, so that the page
 * stays true; {@code -Djunction.transcripts=write} writes it anew.
 */
public final class Transcript {

  private Transcript() {}

  public static void compare(String kind, String sent) throws IOException {
    var page = TidyRules.root().resolve("docs/notifications/" + kind + ".txt");
    if ("write".equals(System.getProperty("junction.transcripts"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, sent);
    }
    assertThat(page).exists();
    assertThat(sent).isEqualTo(Files.readString(page));
  }
}
