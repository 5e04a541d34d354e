package io.junction.api.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.junction.api.ApiProperties;
import io.junction.api.batch.GroupCommit;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows whose a token is. A role's tokens are configuration. A worker's is looked up once; its hash
 * never changes, so remembering it is not state that another copy lacks.
 *
 * <p>When a whole fleet comes to a copy that knows nobody, its lookups share statements: they must
 * not take the database's connections from the heartbeats behind them.
 */
@Component
class Tokens implements AutoCloseable {

  private static final int REMEMBERED = 100_000;

  private final Map<String, Role> roles = new HashMap<>();
  private final Cache<UUID, byte[]> hashes = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final GroupCommit<UUID, Optional<byte[]>> lookups;

  Tokens(TokenProperties properties, TokenStatements statements, ApiProperties limits) {
    this.lookups =
        new GroupCommit<>(
            "tokens",
            limits.batching(),
            workers -> {
              var found = statements.hashes(workers);
              return workers.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
            });
    add(properties.reader(), Role.READER);
    add(properties.worker(), Role.WORKER);
    add(properties.scheduler(), Role.SCHEDULER);
    add(properties.operator(), Role.OPERATOR);
  }

  private void add(List<String> tokens, Role role) {
    tokens.forEach(token -> roles.put(digest(token), role));
  }

  /** Null when nobody has this token. */
  @Nullable Caller callerWith(String token) {
    var role = roles.get(digest(token));
    if (role != null) {
      return new Caller(role, null, null);
    }
    var workerToken = WorkerToken.parse(token);
    if (workerToken != null) {
      var hash = hashOf(workerToken.worker());
      return hash != null && MessageDigest.isEqual(hash, workerToken.hash())
          ? new Caller(Role.REGISTERED_WORKER, workerToken.worker(), null)
          : null;
    }
    var ofAssignment = AssignmentToken.parse(token);
    if (ofAssignment != null) {
      var hash = hashOf(ofAssignment.worker());
      return hash != null && ofAssignment.isMadeWith(hash)
          ? new Caller(Role.ASSIGNMENT, ofAssignment.worker(), ofAssignment.assignment())
          : null;
    }
    return null;
  }

  /** Not under the cache's lock: whoever waits for the database must keep nobody else waiting. */
  private byte @Nullable [] hashOf(UUID worker) {
    var known = hashes.getIfPresent(worker);
    if (known != null) {
      return known;
    }
    var found = lookups.submit(worker).orElse(null);
    if (found != null) {
      hashes.put(worker, found);
    }
    return found;
  }

  @Override
  public void close() {
    lookups.close();
  }

  /** Looked up by digest, so that the time it takes says nothing about the token. */
  private static String digest(String token) {
    return HexFormat.of().formatHex(WorkerToken.sha256(token));
  }
}
