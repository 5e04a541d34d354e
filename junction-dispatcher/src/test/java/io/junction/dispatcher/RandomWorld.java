package io.junction.dispatcher;

import java.util.Random;

/**
 * Limits, jobs, queues and workers by chance, few enough of each that they get in each other's way.
 */
final class RandomWorld {

  private static final int OWNERS = 6;
  private static final int REPOSITORIES = 3;
  private static final int QUEUES = 4;

  private final Rows rows;
  private final Random random;

  RandomWorld(Rows rows, Random random) {
    this.rows = rows;
    this.random = random;
  }

  void limits() {
    for (int o = 0; o < OWNERS; o++) {
      if (random.nextInt(4) > 0) {
        rows.run(
            """
            INSERT INTO junction.owners (name, max_running, boost, boost_until)
            VALUES (?, ?, ?, now() + interval '1 h')
            """,
            "o" + o,
            random.nextInt(5) - 1,
            o == 3 ? 1 : 0);
        rows.run(
            """
            UPDATE junction.owners SET shares_with = 'o0'
            WHERE name = ? AND name IN ('o2', 'o5')
              AND EXISTS (SELECT FROM junction.owners WHERE name = 'o0')
            """,
            "o" + o);
        rows.run(
            "INSERT INTO junction.owner_queues VALUES (?, ?, ?)",
            "o" + o,
            "q" + random.nextInt(QUEUES),
            random.nextInt(3));
      }
    }
    for (int r = 0; r < REPOSITORIES; r++) {
      rows.run("INSERT INTO junction.repositories VALUES (?, ?)", "r" + r, random.nextInt(4));
    }
  }

  void jobs(int count) {
    rows.run("INSERT INTO junction.builds (id) VALUES (1)");
    rows.run("INSERT INTO junction.stages (id, build_id, number) VALUES (1, 1, 1), (2, 1, 2)");
    for (int n = 0; n < count; n++) {
      var queued = random.nextInt(5) == 0;
      int stage = random.nextInt(6) == 0 ? 1 + random.nextInt(2) : 0;
      rows.run(
          """
          INSERT INTO junction.jobs (queue, state, queued_at, owner, repository,
            concurrency_group, concurrency_max, priority, public, build_id, stage_id, held_until)
          VALUES (?, ?, CASE WHEN ? THEN now() END, nullif(?, ''), nullif(?, ''), nullif(?, ''),
            ?, ?, ?, CASE WHEN ? > 0 THEN 1 END, nullif(?, 0),
            now() + nullif(?, 0) * interval '1 h')
          """,
          "q" + random.nextInt(QUEUES),
          queued ? "queued" : "created",
          queued,
          one("o", OWNERS),
          one("r", REPOSITORIES + 1),
          one("g", 5),
          1 + random.nextInt(2),
          random.nextInt(3),
          random.nextBoolean(),
          stage,
          stage,
          random.nextInt(10) == 0 ? random.nextInt(2) * 2 - 1 : 0);
    }
  }

  void queues() {
    for (int q = 0; q < QUEUES; q++) {
      var name = "q" + q;
      rows.queue(name, random.nextBoolean() ? random.nextInt(4) : null);
      rows.run(
          "UPDATE junction.queues SET paused_at = CASE WHEN ? THEN now() END WHERE name = ?",
          random.nextInt(6) == 0,
          name);
      for (int w = random.nextInt(4); w > 0; w--) {
        var worker = rows.worker(name, 1 + random.nextInt(2));
        if (random.nextInt(3) == 0) {
          rows.running(name, worker);
        }
        if (random.nextInt(5) == 0) {
          rows.silentFor(worker, "25 s");
        }
        if (random.nextInt(5) == 0) {
          rows.run("UPDATE junction.workers SET draining_at = now() WHERE id = ?", worker);
        }
      }
    }
  }

  private String one(String letter, int of) {
    int chosen = random.nextInt(of + 2);
    return chosen < of ? letter + chosen : "";
  }
}
