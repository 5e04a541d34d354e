package io.junction.dispatcher.history;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.limit.Binding;
import io.junction.common.limit.LimitLockStatements;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.history.LimitHistory.Change;
import io.junction.dispatcher.history.LimitHistory.Claim;
import io.junction.dispatcher.history.LimitHistory.Limit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forty owners and their limits, of every kind that there is, and the jobs of theirs.
 *
 * <p>Owners 0 to 23 have a limit each, 24 to 27 share those of 0 to 3, 28 to 31 have a plan and are
 * boosted, 32 to 35 are unknown, 36 to 39 may run any number but in one queue. Every other one has
 * a repository with a limit. Owners 0 to 3 have a limit in that queue, too. A job in thirty is in a
 * concurrency group, whoever's it is, and one in forty-one has no owner.
 */
final class Town {

  static final int OF_PUBLIC = 2;
  static final Map<String, String> LIMITS =
      Map.of(
          "junction.limits.owner", "20",
          "junction.limits.of-public", "" + OF_PUBLIC,
          "junction.limits.plans.startup", "10");

  private static final int OWNERS = 40;
  private static final int GROUPS = 100;
  private static final String SCARCE_QUEUE = "macs";

  /** A limit that was lowered to none is restored after so many other changes. */
  private static final int HELD_FOR = 3;

  private static final String SET_UP =
      """
      INSERT INTO junction.owners (name, max_running)
      SELECT 'owner-' || n, CASE WHEN n < 24 THEN 6 + n ELSE -1 END
      FROM generate_series(0, 39) AS n WHERE n < 24 OR n >= 36;
      INSERT INTO junction.owners (name, shares_with)
      SELECT 'owner-' || n, 'owner-' || n - 24 FROM generate_series(24, 27) AS n;
      INSERT INTO junction.owners (name, plan)
      SELECT 'owner-' || n, 'startup' FROM generate_series(28, 31) AS n;
      INSERT INTO junction.owner_queues
      SELECT 'owner-' || n, 'macs', 5 FROM generate_series(0, 39) AS n WHERE n < 4 OR n >= 36;
      INSERT INTO junction.repositories
      SELECT 'owner-' || n || '/app', 4 + n % 5 FROM generate_series(0, 38, 2) AS n
      """;

  private static final String JOBS =
      """
      INSERT INTO junction.jobs (queue, priority, owner, repository, public,
        concurrency_group, concurrency_max)
      SELECT CASE WHEN n % 10 < 7 THEN 'linux' ELSE 'macs' END,
        CASE WHEN n % 7 = 0 THEN n % 3 ELSE 0 END,
        owner, owner || CASE WHEN n % 2 = 0 THEN '/app' ELSE '/lib' END, n % 5 = 0,
        CASE WHEN n % 30 = 0 THEN 'deploy-' || n / 30 % 100 END, 1 + n / 30 % 100 % 3
      FROM (
        SELECT n, CASE WHEN n * 7919 % 41 < 40 THEN 'owner-' || n * 7919 % 41 END AS owner
        FROM generate_series(:from::bigint, :to::bigint) AS n) AS j
      RETURNING id
      """;

  private final DispatcherCopy copy;
  private final Random random;
  private final List<Setting> settings = new ArrayList<>();
  private final Queue<Setting> held = new ArrayDeque<>();

  /** Something whose limit can be set, and what it is when nobody has changed it. */
  private record Setting(Limit limit, String owner, int usual) {}

  Town(DispatcherCopy copy, Rows rows, Random random) {
    this.copy = copy;
    this.random = random;
    rows.run(SET_UP);
    IntStream.range(0, 24)
        .forEach(n -> settings.add(setting(Binding.Kind.OWNER, owner(n), owner(n), 6 + n)));
    IntStream.range(28, 32)
        .forEach(n -> settings.add(setting(Binding.Kind.OWNER, owner(n), owner(n), 0)));
    IntStream.range(0, OWNERS)
        .filter(n -> n < 4 || n >= 36)
        .forEach(n -> settings.add(setting(Binding.Kind.OWNER_QUEUE, inQueue(n), owner(n), 5)));
    IntStream.range(0, OWNERS)
        .filter(n -> n % 2 == 0)
        .forEach(
            n ->
                settings.add(
                    setting(Binding.Kind.REPOSITORY, owner(n) + "/app", owner(n), 4 + n % 5)));
  }

  private static Setting setting(Binding.Kind kind, String name, String owner, int usual) {
    return new Setting(new Limit(kind, name), owner, usual);
  }

  private static String owner(int n) {
    return "owner-" + n;
  }

  private static String inQueue(int n) {
    return owner(n) + " in " + SCARCE_QUEUE;
  }

  /** New jobs, in a transaction; their ids. */
  List<Long> submit(int from, int to) {
    return copy.get(JdbcClient.class)
        .sql(JOBS)
        .param("from", from)
        .param("to", to)
        .query((row, n) -> row.getLong(1))
        .list();
  }

  /** Raises or lowers a limit, as {@code PUT /v1/owners} does. */
  void changeALimit() {
    var setting = settings.get(random.nextInt(settings.size()));
    int max =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> 1;
          case 2 -> setting.usual() / 2;
          case 3 -> setting.usual();
          case 4 -> setting.usual() * 2;
          default -> -1;
        };
    set(setting, max);
    held.add(setting);
    if (held.size() > HELD_FOR) {
      var oldest = held.remove();
      set(oldest, oldest.usual());
    }
  }

  /** Everything is as it was, so that all jobs can end. */
  void restore() {
    settings.forEach(setting -> set(setting, setting.usual()));
  }

  private void set(Setting setting, int max) {
    boolean byPlan = setting.limit().kind() == Binding.Kind.OWNER && setting.usual() == 0;
    copy.transaction()
        .executeWithoutResult(
            status -> {
              copy.get(LimitLockStatements.class).lock();
              var jdbc = copy.get(JdbcClient.class);
              if (byPlan) {
                boost(jdbc, setting, Math.max(0, max) + random.nextInt(10));
              } else {
                limit(jdbc, setting, max);
              }
              hint(setting);
            });
  }

  /** For one to three seconds, which is less than the test lasts: it ends by itself. */
  private void boost(JdbcClient jdbc, Setting setting, int boost) {
    int ms = 1_000 + random.nextInt(2_000);
    jdbc.sql(
            """
            UPDATE junction.owners
            SET boost = :boost, boost_until = now() + :ms * interval '1 ms' WHERE name = :name
            """)
        .param("boost", boost)
        .param("ms", ms)
        .param("name", setting.owner())
        .update();
    Chronicle.change(jdbc, setting.limit(), OF_PUBLIC, 10, boost, ms);
  }

  private static void limit(JdbcClient jdbc, Setting setting, int max) {
    var statement =
        switch (setting.limit().kind()) {
          case OWNER -> "UPDATE junction.owners SET max_running = :max WHERE name = :name";
          case OWNER_QUEUE ->
              "UPDATE junction.owner_queues SET max_running = :max WHERE owner = :name";
          default -> "UPDATE junction.repositories SET max_running = :max WHERE name = :name";
        };
    boolean isQueue = setting.limit().kind() == Binding.Kind.OWNER_QUEUE;
    jdbc.sql(statement)
        .param("max", max)
        .param("name", isQueue ? setting.owner() : setting.limit().name())
        .update();
    Chronicle.change(jdbc, setting.limit(), publicOf(setting.limit()), max, 0, 0);
  }

  private void hint(Setting setting) {
    var hints = copy.get(Hints.class);
    if (setting.limit().kind() == Binding.Kind.REPOSITORY) {
      hints.limits(List.of(new Hint.Limit(Hint.Limit.Kind.REPOSITORY, setting.limit().name())));
    } else {
      hints.limits(List.of(new Hint.Limit(Hint.Limit.Kind.OWNER, setting.owner())));
      hints.created();
    }
  }

  /** The limits before any was changed. */
  List<Change> limits() {
    var limits = new ArrayList<Change>();
    settings.forEach(
        s -> {
          boolean byPlan = s.limit().kind() == Binding.Kind.OWNER && s.usual() == 0;
          limits.add(Change.first(s.limit(), publicOf(s.limit()), byPlan ? 10 : s.usual()));
        });
    IntStream.range(32, 36)
        .mapToObj(n -> new Limit(Binding.Kind.OWNER, owner(n)))
        .forEach(limit -> limits.add(Change.first(limit, OF_PUBLIC, 20)));
    IntStream.range(0, GROUPS)
        .forEach(n -> limits.add(Change.first(group("deploy-" + n), 0, 1 + n % 3)));
    return limits;
  }

  private static int publicOf(Limit limit) {
    return limit.kind() == Binding.Kind.OWNER ? OF_PUBLIC : 0;
  }

  private static Limit group(String name) {
    return new Limit(Binding.Kind.CONCURRENCY_GROUP, name);
  }

  /** What each job counts for, by its row. */
  Map<Long, Claim> claims() {
    var claims = new HashMap<Long, Claim>();
    copy.get(JdbcClient.class)
        .sql("SELECT id, owner, queue, repository, concurrency_group, public FROM junction.jobs")
        .query(
            (row, n) ->
                claims.put(
                    row.getLong("id"),
                    new Claim(
                        limitsOf(
                            row.getString("owner"),
                            row.getString("queue"),
                            row.getString("repository"),
                            row.getString("concurrency_group")),
                        row.getBoolean("public"))))
        .list();
    return claims;
  }

  private static List<Limit> limitsOf(
      @Nullable String owner, String queue, @Nullable String repository, @Nullable String group) {
    var limits = new ArrayList<Limit>();
    if (owner != null) {
      int n = Integer.parseInt(owner.substring(owner.indexOf('-') + 1));
      limits.add(new Limit(Binding.Kind.OWNER, owner(n >= 24 && n < 28 ? n - 24 : n)));
      if (queue.equals(SCARCE_QUEUE)) {
        limits.add(new Limit(Binding.Kind.OWNER_QUEUE, inQueue(n)));
      }
    }
    if (repository != null) {
      limits.add(new Limit(Binding.Kind.REPOSITORY, repository));
    }
    if (group != null) {
      limits.add(group(group));
    }
    return limits;
  }
}
