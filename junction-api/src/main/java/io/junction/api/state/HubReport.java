package io.junction.api.state;

import io.junction.api.problem.Refusal;
import io.junction.common.job.JobState;
import io.junction.common.transition.JobEvent;
import io.junction.common.transition.Report;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a job in the words of Travis Hub.
 *
 * @param event null for a cancel
 * @param state of a finish
 */
record HubReport(
    @Nullable JobEvent event,
    @Nullable JobState state,
    @Nullable Instant at,
    @Nullable String reason) {

  private static final int LONGEST_REASON = 1000;

  /** The body of a {@code PATCH}: {@code new} is the state that the job has got. */
  static HubReport ofState(Map<String, @Nullable Object> body) {
    return switch (text(body, "new")) {
      case "received" -> of(JobEvent.RECEIVE, null, body, "received_at");
      case "started" -> of(JobEvent.START, null, body, "started_at");
      case "passed" -> of(JobEvent.FINISH, JobState.PASSED, body, "finished_at");
      case "failed" -> of(JobEvent.FINISH, JobState.FAILED, body, "finished_at");
      case "errored" -> of(JobEvent.FINISH, JobState.ERRORED, body, "finished_at");
      case "created" -> of(JobEvent.RESTART, null, body, "created_at");
      case "cancelled", "canceled" -> of(null, null, body, "canceled_at");
      case String other ->
          throw Refusal.malformed(
              "new is \""
                  + other
                  + "\", not received, started, passed, failed, errored, created or cancelled");
    };
  }

  /** An event by its name, as {@code job:test:start} or {@code start}, and what comes with it. */
  static HubReport ofEvent(String name, Map<String, @Nullable Object> payload) {
    var event = name.replace(":test", "").replaceFirst("^job:", "");
    return switch (event) {
      case "receive" -> of(JobEvent.RECEIVE, null, payload, "received_at");
      case "start" -> of(JobEvent.START, null, payload, "started_at");
      case "finish" -> ofFinish(payload);
      case "restart", "reset" -> of(JobEvent.RESTART, null, payload, "created_at");
      case "cancel" -> of(null, null, payload, "canceled_at");
      case String other ->
          throw Refusal.malformed(
              "event is \"" + other + "\", not receive, start, finish, restart, reset or cancel");
    };
  }

  private static HubReport ofFinish(Map<String, @Nullable Object> payload) {
    return switch (text(payload, "state")) {
      case "passed" -> of(JobEvent.FINISH, JobState.PASSED, payload, "finished_at");
      case "failed" -> of(JobEvent.FINISH, JobState.FAILED, payload, "finished_at");
      case "errored" -> of(JobEvent.FINISH, JobState.ERRORED, payload, "finished_at");
      case "cancelled", "canceled" -> of(null, null, payload, "finished_at");
      case String other ->
          throw Refusal.malformed(
              "state is \"" + other + "\", not passed, failed, errored or canceled");
    };
  }

  private static HubReport of(
      @Nullable JobEvent event,
      @Nullable JobState state,
      Map<String, @Nullable Object> body,
      String instant) {
    return new HubReport(event, state, instantIn(body, instant), reasonIn(body));
  }

  /** As the native protocol has it; only where there is an event. */
  Report of(UUID assignment, UUID worker, JobEvent what) {
    return new Report(assignment, worker, what, state, at, reason, null);
  }

  private static String text(Map<String, @Nullable Object> body, String field) {
    if (body.get(field) instanceof String text) {
      return text;
    }
    throw Refusal.malformed(field + " is missing, or no text");
  }

  /** Go's zero time means that there is none. */
  private static @Nullable Instant instantIn(Map<String, @Nullable Object> body, String field) {
    var value = body.get(field);
    if (value == null || (value instanceof String text && text.startsWith("0001-01-01"))) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value.toString()).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.malformed(field + " is no instant as 2026-01-31T12:00:00Z");
    }
  }

  private static @Nullable String reasonIn(Map<String, @Nullable Object> body) {
    var reason = body.get("reason");
    if (reason == null && body.get("meta") instanceof Map<?, ?> meta) {
      reason = meta.get("reason");
    }
    if (reason == null) {
      return null;
    }
    var text = reason.toString();
    if (text.length() > LONGEST_REASON || text.indexOf('\0') >= 0) {
      throw Refusal.malformed("reason has at most " + LONGEST_REASON + " characters, and no NUL");
    }
    return text;
  }
}
