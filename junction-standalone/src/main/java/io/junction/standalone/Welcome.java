package io.junction.standalone;

import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.DevEnv;
import io.junction.standalone.house.Setup;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code dev} says when it is ready: where everything is, and two things to try. */
record Welcome(DevEnv env, DataFolder folder, Optional<Setup.InsideWorker> worker) {

  String text() {
    return """

          API         %s
          Database    %s
          Worker      %s

          Tokens      worker     %s
                      scheduler  %s
                      operator   %s
                      reader     %s

        Try it in another terminal:

          . %s
          curl "$JUNCTION_URL/v1/jobs" -H "Authorization: Bearer $JUNCTION_SCHEDULER_TOKEN" \\
            -H "Content-Type: application/json" \\
            -d '{"queue": "default", "config": {"command": "echo hello from HTTP"}}'
          psql "$JUNCTION_DATABASE_URL" \\
            -c "SELECT junction.enqueue('default', '{\\"command\\": \\"echo hello from SQL\\"}')" \\
            -c "SELECT id, state, attempt, reason FROM junction.jobs ORDER BY id DESC LIMIT 5"

        What goes wrong is in %s and postgres.log. Ctrl-C stops it.
        """
        .formatted(
            env.url(),
            env.databaseUrl(),
            worker
                .map(w -> w.slots() + " slots for the queue \"" + w.queue() + "\"")
                .orElse("none: start one with ./junction worker --queue default"),
            env.tokens().worker(),
            env.tokens().scheduler(),
            env.tokens().operator(),
            env.tokens().reader(),
            shown(folder.devEnv()),
            shown(folder.log()))
        .stripTrailing();
  }

  /** As a user in the current folder would write it, quoted where a shell needs that. */
  private static String shown(Path file) {
    var here = Path.of("").toAbsolutePath();
    var text = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    if (!text.contains("/")) {
      text = "./" + text; // "." looks for a plain name in the PATH
    }
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
