package io.junction.standalone.demo;

import io.junction.standalone.display.JobRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the demo has seen of its jobs, all of it over HTTP: one list for each look, and each job
 * that has changed by itself.
 */
final class Board {

  private final ApiClient api;
  private final Map<Long, DemoJob> jobs;
  private final Map<Long, JobRow> rows = new TreeMap<>();
  private final Map<Long, Long> begun = new HashMap<>();
  private final Map<String, String> workers = new HashMap<>();
  private final List<String> oddities = new ArrayList<>();
  private int mostDeploying;
  private int mostWaiting;

  Board(ApiClient api, Map<Long, DemoJob> jobs) {
    this.api = api;
    this.jobs = jobs;
  }

  /** Looks again. */
  List<JobRow> refresh() {
    int deploying = 0;
    int waiting = 0;
    var list = api.jobs();
    var reason = reasonToWait(list);
    for (var seen : list) {
      long id = seen.required("id").asLong();
      var job = jobs.get(id);
      if (job == null) {
        odd("job " + id + " is none of the demo's");
        continue;
      }
      var row = see(seen, job, rows.get(id));
      if (isHeld(seen)) {
        waiting++;
        row = reason.isEmpty() ? row : row.saying(reason);
      }
      rows.put(id, row);
      if (row.queue().equals(DemoJobs.DEPLOY) && row.isRunning()) {
        deploying++;
      }
    }
    mostDeploying = Math.max(mostDeploying, deploying);
    mostWaiting = Math.max(mostWaiting, waiting);
    return List.copyOf(rows.values());
  }

  /** Asked of one job in each look, and only while somebody waits; empty when nobody does. */
  private String reasonToWait(JsonNode list) {
    return list.valueStream()
        .filter(Board::isHeld)
        .findFirst()
        .map(job -> api.explain(job.required("id").asLong()))
        .filter(explained -> !explained.required("next").asBoolean())
        .map(explained -> "waits: " + explained.required("summary").asString())
        .orElse("");
  }

  /** Created, and not yet let into its queue. */
  private static boolean isHeld(JsonNode job) {
    return job.required("state").asString().equals("created")
        && job.path("owner").asString("").equals(DemoJobs.OWNER);
  }

  private JobRow see(JsonNode seen, DemoJob job, @Nullable JobRow before) {
    var state = seen.required("state").asString();
    int attempt = seen.required("attempt").asInt();
    if (before != null && before.state().equals(state) && before.attempt() == attempt) {
      return before.isFinal() ? before : before.after(took(seen, before));
    }
    if (before != null && before.isFinal()) {
      odd("job " + before.id() + " was " + before.state() + " and then " + state);
    }
    long id = seen.required("id").asLong();
    begun.remove(id);
    boolean waits = state.equals("created") || state.equals("queued");
    var detail = waits ? seen : api.job(id); // a list says neither the worker nor the result
    var worker = waits ? "" : workerOf(detail);
    boolean isStill = detail.required("state").asString().equals(state);
    var said = isStill ? lastWords(detail) : "";
    var row = new JobRow(id, job.queue(), job.name(), state, attempt, worker, null, said);
    return row.after(took(seen, row));
  }

  private String workerOf(JsonNode job) {
    var id = job.path("assignment").path("worker_id").asString("");
    return id.isEmpty() ? "" : workers.computeIfAbsent(id, api::workerName);
  }

  private static String lastWords(JsonNode job) {
    var reason = job.path("reason").asString("");
    var lines = job.path("result").path("stdout").asString("").strip().lines().toList();
    var printed = lines.isEmpty() ? "" : lines.getLast();
    return reason.isEmpty() ? printed : printed.isEmpty() ? reason : reason + " (" + printed + ")";
  }

  /** Of what is over, by Junction's clock; of what runs, since it was first seen, by this one. */
  private @Nullable Duration took(JsonNode seen, JobRow row) {
    var started = seen.path("started_at").asString("");
    var finished = seen.path("finished_at").asString("");
    if (row.isFinal() && !started.isEmpty() && !finished.isEmpty()) {
      return Duration.between(Instant.parse(started), Instant.parse(finished));
    }
    if (!row.state().equals("started")) {
      return null;
    }
    long now = System.nanoTime();
    return Duration.ofNanos(now - begun.computeIfAbsent(row.id(), id -> now));
  }

  private void odd(String what) {
    if (!oddities.contains(what)) {
      oddities.add(what);
    }
  }

  List<JobRow> rows() {
    return List.copyOf(rows.values());
  }

  DemoJob job(long id) {
    var job = jobs.get(id);
    if (job == null) {
      throw new IllegalArgumentException("job " + id + " is none of the demo's");
    }
    return job;
  }

  boolean isOver() {
    return rows.size() == jobs.size() && rows.values().stream().allMatch(JobRow::isFinal);
  }

  /** Jobs of the limited queue that were received or started, in the fullest look. */
  int mostDeploying() {
    return mostDeploying;
  }

  /** Jobs that waited for their owner's limit, in the look with the most of them. */
  int mostWaiting() {
    return mostWaiting;
  }

  /** What should never be seen. */
  List<String> oddities() {
    return List.copyOf(oddities);
  }
}
