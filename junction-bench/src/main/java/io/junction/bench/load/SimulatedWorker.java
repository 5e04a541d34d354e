package io.junction.bench.load;

import io.junction.bench.load.Beat.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A worker whose jobs do nothing. It speaks the protocol of docs/protocol.md over one connection.
 *
 * <p>Failure: an answer that Junction must not give (a refused update, an error) is an IOException.
 */
public final class SimulatedWorker implements AutoCloseable {

  private static final List<String> ALL_STEPS = List.of("receive", "start", "finish");

  private final Connection connection;
  private final String id;
  private final String token;
  private final long waitMs;
  private final Map<String, Long> jobs = new LinkedHashMap<>();
  private long seq;

  SimulatedWorker(Connection connection, String id, String token, long waitMs) {
    this.connection = connection;
    this.id = id;
    this.token = token;
    this.waitMs = waitMs;
  }

  /** The jobs that it holds, each with its assignment; those that came last, last. */
  public Map<String, Long> jobs() {
    return jobs;
  }

  /** Lists what it holds and reports nothing; with a wait the answer may be held. */
  public void beat(boolean wait) throws IOException {
    exchange(jobs.keySet(), List.of(), wait ? waitMs : 0);
  }

  /** Reports all three steps of every job that it holds in one heartbeat; how many ended. */
  public int finishAll() throws IOException {
    var steps = new ArrayList<Step>();
    jobs.keySet().forEach(id -> ALL_STEPS.forEach(event -> steps.add(new Step(id, event))));
    int ended = jobs.size();
    exchange(Set.of(), steps, 0);
    return ended;
  }

  /** Takes every job that it holds through its steps, one heartbeat for each; how many ended. */
  public int finishStepByStep() throws IOException {
    var held = List.copyOf(jobs.keySet());
    for (var event : ALL_STEPS) {
      var listed = event.equals("finish") ? others(held) : List.copyOf(jobs.keySet());
      exchange(listed, held.stream().map(id -> new Step(id, event)).toList(), 0);
    }
    return held.size();
  }

  private List<String> others(List<String> done) {
    var others = new ArrayList<>(jobs.keySet());
    others.removeAll(Set.copyOf(done));
    return others;
  }

  /** Reports a step of one job by a request of its own. */
  public void step(String assignment, String event) throws IOException {
    var body =
        event.equals("finish")
            ? "{\"event\":\"finish\",\"state\":\"passed\"}"
            : "{\"event\":\"" + event + "\"}";
    expectOk(connection.send("PATCH", "/v1/assignments/" + assignment + "/state", token, body));
    if (event.equals("finish")) {
      jobs.remove(assignment);
    }
  }

  private void exchange(java.util.Collection<String> listed, List<Step> steps, long wait)
      throws IOException {
    seq++;
    var beat = new Beat(seq, listed, steps, wait);
    var answer =
        BeatAnswer.read(
            expectOk(
                connection.send("POST", "/v1/workers/" + id + "/heartbeat", token, beat.json())));
    if (answer.refused() > 0 || !answer.directive().equals("run")) {
      throw new IOException(
          "%d updates were refused, directive %s".formatted(answer.refused(), answer.directive()));
    }
    var known = Map.copyOf(jobs);
    jobs.clear();
    answer
        .work()
        .forEach(
            work ->
                jobs.put(
                    work.assignment(),
                    work.job() != 0 ? work.job() : known.getOrDefault(work.assignment(), 0L)));
  }

  private static Answer expectOk(Answer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("answered " + answer.status() + ": " + answer.text());
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
