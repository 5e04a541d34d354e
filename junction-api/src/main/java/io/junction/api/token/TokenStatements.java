package io.junction.api.token;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of workers' tokens. */
@Component
class TokenStatements {

  private static final String HASHES =
      "SELECT id, token_hash FROM workers WHERE id = ANY (:workers::uuid[])";

  private final JdbcClient jdbc;

  TokenStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** SHA-256 by worker; those that there are not are missing. */
  Map<UUID, byte[]> hashes(Collection<UUID> workers) {
    var hashes = new HashMap<UUID, byte[]>();
    jdbc.sql(HASHES)
        .param("workers", workers.toArray(UUID[]::new))
        .query(
            row -> {
              hashes.put(row.getObject("id", UUID.class), row.getBytes("token_hash"));
            });
    return hashes;
  }
}
