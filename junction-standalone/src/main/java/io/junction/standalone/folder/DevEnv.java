package io.junction.standalone.folder;

import java.net.URI;

/**
 * What {@code ./junction dev} leaves for a shell.
 *
 * @param databaseUrl as psql takes it
 */
public record DevEnv(URI url, RoleTokens tokens, String databaseUrl) {

  /** Writes it where {@link DataFolder#devEnv} says. */
  public void writeTo(DataFolder folder) {
    PrivateFile.write(folder.devEnv(), text());
  }

  /** Nothing in it has to be quoted, but a reader of shell should not have to know that. */
  String text() {
    return """
        # Written by ./junction dev. Use it: . ./dev.env
        export JUNCTION_URL='%s'
        export JUNCTION_WORKER_TOKEN='%s'
        export JUNCTION_SCHEDULER_TOKEN='%s'
        export JUNCTION_OPERATOR_TOKEN='%s'
        export JUNCTION_READER_TOKEN='%s'
        export JUNCTION_DATABASE_URL='%s'
        """
        .formatted(
            url,
            tokens.worker(),
            tokens.scheduler(),
            tokens.operator(),
            tokens.reader(),
            databaseUrl);
  }
}
