package io.junction.common.transition;

import com.fasterxml.uuid.Generators;
import io.junction.common.assignment.RestartLimit;
import io.junction.common.build.SettleBuilds;
import io.junction.common.hint.Hints;
import io.junction.common.job.JobState;
import io.junction.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The transitions on a real Postgres, and rows in any state. */
final class House {

  private static @Nullable House built;

  final Transitions transitions;
  final JobTransitions jobs;
  final BuildTransitions builds;
  final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  final UUID worker = id();

  /** One for the JVM, since its wiring takes a while; its worker is there anew for each test. */
  static House on(TestDatabase database) {
    if (built == null) {
      built = new House(database);
    }
    built.worker(built.worker);
    return built;
  }

  private House(TestDatabase database) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> database.inSchema());
    context.registerBean(
        JdbcClient.class, () -> JdbcClient.create(context.getBean(DataSource.class)));
    context.registerBean(
        PlatformTransactionManager.class,
        () -> new JdbcTransactionManager(context.getBean(DataSource.class)));
    context.registerBean(RestartLimit.class, () -> new RestartLimit(50, Duration.ofHours(6)));
    context.scan(
        Transitions.class.getPackageName(),
        SettleBuilds.class.getPackageName(),
        Hints.class.getPackageName());
    context.refresh();
    transitions = context.getBean(Transitions.class);
    jobs = context.getBean(JobTransitions.class);
    builds = context.getBean(BuildTransitions.class);
    jdbc = context.getBean(JdbcClient.class);
    transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  static UUID id() {
    return Generators.timeBasedEpochGenerator().generate();
  }

  void worker(UUID id) {
    jdbc.sql("INSERT INTO queues (name) VALUES ('q') ON CONFLICT DO NOTHING").update();
    jdbc.sql(
            """
            INSERT INTO workers (id, queue, token_hash, lease_ms, silence_ms)
            VALUES (:id, 'q', '', 20000, 30000)
            """)
        .param("id", id)
        .update();
  }

  <T> T inTransaction(Supplier<T> work) {
    return java.util.Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  /**
   * What the second comes to when the first has changed something, and commits no sooner than the
   * second waits for it.
   */
  <T> T waiting(Runnable first, Supplier<T> second) throws Exception {
    try (var thread = Executors.newSingleThreadExecutor()) {
      var result =
          inTransaction(
              () -> {
                first.run();
                var other = thread.submit(second::get);
                TestDatabase.shared().awaitAWaiter();
                return other;
              });
      return result.get(30, TimeUnit.SECONDS);
    }
  }

  /** A job in this state; with an open assignment where the state has one. */
  Row job(JobState state) {
    return job(state, true);
  }

  Row job(JobState state, boolean assigned) {
    boolean holds = assigned && state != JobState.CREATED && !state.isFinal();
    var assignment = holds || (state.isFinal() && state != JobState.CANCELED) ? id() : null;
    long job =
        jdbc.sql(
                """
                INSERT INTO jobs (queue, state, queued_at, received_at, started_at, finished_at,
                  canceled_at, assignment_id)
                SELECT 'q', :state,
                  CASE WHEN :state <> 'created' THEN now() - interval '10 min' END,
                  CASE WHEN :state NOT IN ('created', 'queued') THEN now() - interval '9 min' END,
                  CASE WHEN :state NOT IN ('created', 'queued', 'received')
                    THEN now() - interval '8 min' END,
                  CASE WHEN :state IN ('passed', 'failed', 'errored', 'canceled')
                    THEN now() - interval '7 min' END,
                  CASE WHEN :state = 'canceled' THEN now() - interval '7 min' END,
                  :assignment::uuid
                RETURNING id
                """)
            .param("state", state.text())
            .param("assignment", assignment == null ? null : assignment.toString())
            .query((row, n) -> row.getLong("id"))
            .single();
    var own = assignment == null ? id() : assignment;
    jdbc.sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt, ended_at, outcome)
            VALUES (:id, :job, :worker, 'q', 1, CASE WHEN :outcome::text IS NOT NULL THEN now() END,
              :outcome)
            """)
        .param("id", own)
        .param("job", job)
        .param("worker", worker)
        .param("outcome", holds ? null : outcomeOf(state))
        .update();
    return new Row(job, own);
  }

  private static String outcomeOf(JobState state) {
    return switch (state) {
      case CREATED, QUEUED, RECEIVED, STARTED -> "lost";
      case PASSED, FAILED, ERRORED -> "finished";
      case CANCELED -> "canceled";
    };
  }

  record Row(long job, UUID assignment) {}

  Verdict report(Row row, JobEvent event, @Nullable JobState state) {
    return reports(List.of(reportOf(row, event, state, null))).getFirst();
  }

  Report reportOf(Row row, JobEvent event, @Nullable JobState state, @Nullable Instant at) {
    return new Report(row.assignment(), worker, event, state, at, null, null);
  }

  List<Verdict> reports(List<Report> reports) {
    return inTransaction(() -> transitions.report(reports));
  }

  List<Changed> close(Closing... closings) {
    return inTransaction(() -> transitions.close(List.of(closings)));
  }

  JobState stateOf(Row row) {
    return JobState.of(text(row, "state"));
  }

  /** A column of the job as text; "null" when it is. */
  String text(Row row, String column) {
    return jdbc.sql("SELECT coalesce(to_jsonb(j) ->> :column, 'null') FROM jobs j WHERE id = :id")
        .param("column", column)
        .param("id", row.job())
        .query((r, n) -> r.getString(1))
        .single();
  }

  /** What the world has heard of this job, as {@code job:started 3}: kind and version. */
  List<String> toldOf(Row row) {
    return jdbc.sql("SELECT kind || ' ' || version FROM events WHERE job_id = :id ORDER BY id")
        .param("id", row.job())
        .query((r, n) -> r.getString(1))
        .list();
  }

  String outcome(Row row) {
    return jdbc.sql("SELECT coalesce(outcome, 'open') FROM assignments WHERE id = :id")
        .param("id", row.assignment())
        .query((r, n) -> r.getString(1))
        .single();
  }
}
