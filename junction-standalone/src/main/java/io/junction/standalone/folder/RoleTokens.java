package io.junction.standalone.folder;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The tokens of the four roles: random, made with the data folder, the same as long as it lives.
 * Who removes the file {@code tokens} gets new ones.
 */
public record RoleTokens(String worker, String scheduler, String operator, String reader) {

  private static final int BYTES = 16;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,512}");

  /** Those of this folder. */
  public static RoleTokens of(DataFolder folder) {
    var file = folder.file("tokens");
    if (!Files.exists(file)) {
      var fresh =
          new RoleTokens(
              random("worker"), random("scheduler"), random("operator"), random("reader"));
      PrivateFile.write(file, fresh.text());
      return fresh;
    }
    var known = new Properties();
    try {
      known.load(new StringReader(PrivateFile.read(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(folder, "it cannot be understood");
    }
    return new RoleTokens(
        token(known, "worker", folder),
        token(known, "scheduler", folder),
        token(known, "operator", folder),
        token(known, "reader", folder));
  }

  private static String random(String role) {
    return role + "_" + RandomText.hex(BYTES);
  }

  private static String token(Properties known, String role, DataFolder folder) {
    var token = known.getProperty(role, "").strip();
    if (!TOKEN.matcher(token).matches()) {
      throw damaged(
          folder, "the token of the role " + role + " is missing or not " + TOKEN.pattern());
    }
    return token;
  }

  private static Refusal damaged(DataFolder folder, String how) {
    return new Refusal(
        "The file "
            + folder.file("tokens")
            + " is damaged: "
            + how
            + ".\nRemove it, and the next start makes new tokens.");
  }

  private String text() {
    return """
        # Made by ./junction; remove this file, and the next start makes new tokens.
        worker=%s
        scheduler=%s
        operator=%s
        reader=%s
        """
        .formatted(worker, scheduler, operator, reader);
  }
}
