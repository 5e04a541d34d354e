package io.junction.api.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.junction.common.worker.Worker;
import io.junction.common.worker.Workers;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows whose a token is. A role's tokens are configuration. A worker's is looked up once; its hash
 * never changes, so remembering it is not state that another copy lacks.
 */
@Component
class Tokens {

  private static final int REMEMBERED = 100_000;

  private final Map<String, Role> roles = new HashMap<>();
  private final Cache<UUID, byte[]> hashes = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Workers workers;

  Tokens(TokenProperties properties, Workers workers) {
    this.workers = workers;
    add(properties.reader(), Role.READER);
    add(properties.worker(), Role.WORKER);
    add(properties.scheduler(), Role.SCHEDULER);
    add(properties.operator(), Role.OPERATOR);
  }

  private void add(List<String> tokens, Role role) {
    tokens.forEach(token -> roles.put(digest(token), role));
  }

  /** Null when nobody has this token. */
  @SuppressWarnings("NullAway") // the cache's function may return null: nothing is remembered then
  @Nullable Caller callerWith(String token) {
    var role = roles.get(digest(token));
    if (role != null) {
      return new Caller(role, null);
    }
    var workerToken = WorkerToken.parse(token);
    if (workerToken == null) {
      return null;
    }
    var hash =
        hashes.get(
            workerToken.worker(), id -> workers.findById(id).map(Worker::tokenHash).orElse(null));
    return hash != null && MessageDigest.isEqual(hash, workerToken.hash())
        ? new Caller(Role.REGISTERED_WORKER, workerToken.worker())
        : null;
  }

  /** Looked up by digest, so that the time it takes says nothing about the token. */
  private static String digest(String token) {
    return HexFormat.of().formatHex(WorkerToken.sha256(token));
  }
}
