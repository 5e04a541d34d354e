package io.junction.api.heartbeat;

import io.junction.api.ApiProperties;
import io.junction.api.problem.Refusal;
import io.junction.common.transition.Report;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/workers/{id}/heartbeat}. */
@RestController
@Tag(name = "workers")
class HeartbeatController {

  private final Heartbeats heartbeats;
  private final Duration interval;
  private final ReportMeters reports;
  private final Timer timer;

  HeartbeatController(Heartbeats heartbeats, ApiProperties properties, MeterRegistry meters) {
    this.heartbeats = heartbeats;
    this.interval = properties.worker().heartbeatInterval();
    this.reports = new ReportMeters(meters);
    this.timer =
        Timer.builder("junction.heartbeats")
            .description("Heartbeats, without the time that polls are held")
            .register(meters);
  }

  @Operation(summary = "Say what this worker runs, and learn what it should run")
  @PostMapping("/v1/workers/{id}/heartbeat")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = HeartbeatResponse.class)))
  Object beat(@PathVariable UUID id, @Valid @RequestBody HeartbeatRequest request) {
    var beat = heartbeatOf(id, request);
    var wait = Duration.ofMillis(Objects.requireNonNullElse(request.waitMs(), 0L));
    long started = System.nanoTime();
    var answer = heartbeats.take(beat, wait);
    if (wait.isZero()) {
      timer.record(Duration.ofNanos(System.nanoTime() - started));
    }
    var response = answer.thenApply(said -> responseOf(beat, said));
    // A future costs the request a second dispatch, which only a held one is worth.
    return response.state() == Future.State.SUCCESS ? response.resultNow() : response;
  }

  private static Heartbeat heartbeatOf(UUID worker, HeartbeatRequest request) {
    return new Heartbeat(
        worker,
        request.seq(),
        listedIn(request.assignments()),
        reportsIn(
            Objects.requireNonNullElse(request.updates(), List.<@Nullable UpdateRequest>of()),
            worker),
        Boolean.TRUE.equals(request.draining()));
  }

  private static Set<UUID> listedIn(List<@Nullable UUID> assignments) {
    var listed = LinkedHashSet.<UUID>newLinkedHashSet(assignments.size());
    for (int i = 0; i < assignments.size(); i++) {
      var id = assignments.get(i);
      if (id == null) {
        throw Refusal.invalid("assignments[" + i + "]", "must not be null");
      }
      listed.add(id);
    }
    return listed;
  }

  private static List<Report> reportsIn(List<@Nullable UpdateRequest> updates, UUID worker) {
    var reports = new ArrayList<Report>(updates.size());
    for (var update : updates) {
      var place = "updates[" + reports.size() + "]";
      if (update == null) {
        throw Refusal.invalid(place, "must not be null");
      }
      if (update.assignment() == null) {
        throw Refusal.invalid(place + ".assignment", "is required");
      }
      reports.add(update.reportOf(worker, update.assignment(), place + "."));
    }
    return reports;
  }

  private HeartbeatResponse responseOf(Heartbeat beat, Answer answer) {
    var heard = answer.heard();
    var verdicts = new ArrayList<UpdateVerdict>();
    for (int i = 0; i < heard.verdicts().size(); i++) {
      var report = beat.reports().get(i);
      var verdict = heard.verdicts().get(i);
      reports.count(report.event(), verdict.kind());
      verdicts.add(UpdateVerdict.of(report, verdict));
    }
    var next = answer.crowded() ? interval.multipliedBy(2) : interval;
    return new HeartbeatResponse(
        beat.seq(),
        heard.work(),
        verdicts,
        heard.directive().text(),
        next.toMillis(),
        heard.leaseMs());
  }
}
