package io.junction.worker.executor.http;

import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Text;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.JsonNodeFactory;

/** A request under way. Asking it to end and killing it are the same: the exchange is aborted. */
final class HttpExecution implements Execution {
  private static final int ROOM_FOR_BODY = 62 * 1_024;

  private static final String ABORTED = "the request was aborted";

  private final long startedAt = System.nanoTime();
  private final CompletableFuture<HttpResponse<BoundedBody.Content>> sent;
  private final Set<Integer> accepted;
  private final long timeoutMs;
  private volatile boolean aborted;

  HttpExecution(
      CompletableFuture<HttpResponse<BoundedBody.Content>> sent,
      Set<Integer> accepted,
      long timeoutMs) {
    this.sent = sent;
    this.accepted = Set.copyOf(accepted);
    this.timeoutMs = timeoutMs;
  }

  @Override
  public Ending await() throws InterruptedException {
    try {
      return judge(sent.get(timeoutMs, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      sent.cancel(true);
      return Ending.errored("no answer within " + timeoutMs + " ms");
    } catch (CancellationException e) {
      return Ending.errored(ABORTED);
    } catch (ExecutionException e) {
      return Ending.errored(aborted ? ABORTED : "no answer: " + e.getCause());
    }
  }

  private Ending judge(HttpResponse<BoundedBody.Content> response) {
    String body = response.body().text();
    String kept = Text.firstThatFits(body, ROOM_FOR_BODY);
    var result =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", response.statusCode())
            .put("body", kept)
            .put("duration_ms", (System.nanoTime() - startedAt) / 1_000_000)
            .put("truncated", kept.length() < body.length() || response.body().truncated());
    return accepted.contains(response.statusCode())
        ? new Ending(Ending.State.PASSED, null, result)
        : new Ending(Ending.State.FAILED, "status " + response.statusCode(), result);
  }

  @Override
  public void terminate() {
    kill();
  }

  @Override
  public void kill() {
    aborted = true;
    sent.cancel(true);
  }
}
