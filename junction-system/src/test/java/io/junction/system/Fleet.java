package io.junction.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/**
 * Workers of this JVM whose jobs take no time: each heartbeat finishes whatever the last one
 * brought. They speak to both APIs in turn, and say every tenth report twice.
 */
final class Fleet implements AutoCloseable {

  private static final int LONGEST_WAIT_MS = 400;

  private final Http http;
  private final String queue;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  Fleet(Http http, String queue) {
    this.http = http;
    this.queue = queue;
  }

  /** Registers so many workers, and lets them work. */
  void start(int workers, int slots) throws IOException {
    for (int i = 0; i < workers; i++) {
      var worker =
          http.send(
              "POST",
              "/v1/workers",
              Cluster.WORKER_TOKEN,
              Map.of("queue", queue, "max_job_count", slots, "protocol", 1));
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      work(worker.get("id").stringValue(), worker.get("token").stringValue());
                    } catch (IOException killed) {
                      // Whoever killed the APIs knows.
                    } catch (RuntimeException | AssertionError surprise) {
                      surprises.add(surprise);
                    }
                  }));
    }
  }

  /** Jobs whose finish was answered with the verdict {@code applied}. */
  Set<Long> acknowledged() {
    return acknowledged;
  }

  /** What no worker should have met: an error that is not the loss of its API. */
  List<Throwable> surprises() {
    return List.copyOf(surprises);
  }

  /** Lets each worker end after the answer it waits for. */
  @Override
  public void close() {
    over = true;
    awaitEnd();
  }

  /** Returns when no worker is left: each has lost its API, or was told to end. */
  void awaitEnd() {
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work(String id, String token) throws IOException {
    var jobs = new ConcurrentHashMap<String, Long>();
    var updates = List.<Map<String, String>>of();
    var again = updates;
    for (long seq = 1; !over; seq++) {
      var sent = new ArrayList<>(updates);
      sent.addAll(again);
      var answer =
          http.send(
              "POST",
              "/v1/workers/" + id + "/heartbeat",
              token,
              Map.of("seq", seq, "assignments", List.of(), "updates", sent, "wait_ms", wait(sent)));
      note(answer, jobs, again);
      again = seq % 10 == 0 ? updates : List.of();
      updates = new ArrayList<>();
      for (var work : answer.get("assignments")) {
        String assignment = work.get("id").stringValue();
        jobs.put(assignment, work.get("job").get("id").longValue());
        updates.add(Map.of("assignment", assignment, "event", "start"));
        updates.add(Map.of("assignment", assignment, "event", "finish", "state", "passed"));
      }
    }
  }

  private static int wait(List<?> sent) {
    return sent.isEmpty() ? LONGEST_WAIT_MS : 0;
  }

  private void note(JsonNode answer, Map<String, Long> jobs, List<Map<String, String>> again) {
    var repeated = again.stream().map(update -> update.get("assignment")).toList();
    for (var verdict : answer.get("updates")) {
      String assignment = verdict.get("assignment").stringValue();
      String expected = repeated.contains(assignment) ? "unchanged" : "applied";
      if (!verdict.get("verdict").stringValue().equals(expected)) {
        surprises.add(new AssertionError("expected " + expected + ": " + verdict));
      } else if (expected.equals("applied")
          && verdict.get("event").stringValue().equals("finish")) {
        acknowledged.add(jobs.getOrDefault(assignment, -1L));
      }
    }
  }
}
