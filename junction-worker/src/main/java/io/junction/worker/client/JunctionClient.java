package io.junction.worker.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Junction as a worker sees it: register, heartbeat, retire.
 *
 * <p>A request is tried once, at the current address. When that does not answer, or answers 5xx,
 * the next request goes to the next address; trying again is the caller's business, because a
 * heartbeat that may have been lost must not be repeated but replaced by one with a higher {@code
 * seq}.
 *
 * <p>Time: every request ends within its timeout, body included. Concurrency: safe for any thread.
 * Cancelling a returned future aborts its request.
 */
public final class JunctionClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LONGEST_REASON = 300;

  private final List<URI> urls;
  private final AtomicInteger current = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  public JunctionClient(List<URI> urls) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("no address of Junction was given");
    }
    this.urls = List.copyOf(urls);
  }

  public CompletableFuture<Reply<Registered>> register(
      String token, RegisterRequest request, Duration timeout) {
    return send("POST", "/v1/workers", token, request, Registered.class, timeout);
  }

  public CompletableFuture<Reply<HeartbeatAnswer>> heartbeat(
      Registered worker, Heartbeat beat, Duration timeout) {
    String path = "/v1/workers/" + worker.id() + "/heartbeat";
    return send("POST", path, worker.token(), beat, HeartbeatAnswer.class, timeout);
  }

  /** The answer's body is empty, and so is the record that stands for it. */
  public CompletableFuture<Reply<Retired>> retire(Registered worker, Duration timeout) {
    return send(
        "DELETE", "/v1/workers/" + worker.id(), worker.token(), null, Retired.class, timeout);
  }

  /** A worker that is no more. */
  public record Retired() {}

  private <T> CompletableFuture<Reply<T>> send(
      String method,
      String path,
      String token,
      @Nullable Object body,
      Class<T> type,
      Duration timeout) {
    int at = current.get();
    var publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
    var request =
        HttpRequest.newBuilder(URI.create(base(at) + path))
            .method(method, publisher)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json, application/problem+json");
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    var sent = http.sendAsync(request.build(), BodyHandlers.ofByteArray());
    // HttpRequest.timeout would end with the headers, and a body may stall as well.
    var late =
        new Reply.Unreachable<T>(
            base(at) + " did not answer within " + timeout.toMillis() + " ms", Duration.ZERO);
    var reply = new CompletableFuture<Reply<T>>();
    var _ =
        sent.whenComplete((response, failure) -> reply.complete(read(at, response, failure, type)));
    reply.completeOnTimeout(late, timeout.toNanos(), TimeUnit.NANOSECONDS);
    var _ =
        reply.whenComplete(
            (answer, canceled) -> {
              sent.cancel(true); // of no effect when it is over
              if (answer instanceof Reply.Unreachable) {
                current.compareAndSet(at, (at + 1) % urls.size());
              }
            });
    return reply;
  }

  private <T> Reply<T> read(
      int at, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure, Class<T> type) {
    if (response == null) {
      return new Reply.Unreachable<>(base(at) + ": " + words(failure), Duration.ZERO);
    }
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      try {
        byte[] body = response.body().length == 0 ? new byte[] {'{', '}'} : response.body();
        T answer = Json.MAPPER.readValue(body, type);
        if (answer != null) {
          return new Reply.Answered<>(answer);
        }
        return new Reply.Unreachable<>(base(at) + " answers null", Duration.ZERO);
      } catch (JacksonException e) {
        return new Reply.Unreachable<>(
            base(at) + " answers what cannot be read: " + words(e), Duration.ZERO);
      }
    }
    var problem = problem(response.body());
    if (status >= 400 && status < 500) {
      return new Reply.Refused<>(status, problem);
    }
    return new Reply.Unreachable<>(
        base(at) + " answers " + status + ": " + problem.sentence(), retryAfter(response));
  }

  private static Problem problem(byte[] body) {
    try {
      Problem problem = Json.MAPPER.readValue(body, Problem.class);
      return problem == null ? Problem.NONE : problem;
    } catch (JacksonException e) {
      return Problem.NONE; // not Junction's words
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    try {
      return Duration.ofSeconds(
          Math.clamp(
              Long.parseLong(response.headers().firstValue("Retry-After").orElse("0")), 0, 60));
    } catch (NumberFormatException e) {
      return Duration.ZERO; // a date, which nobody here sends
    }
  }

  private static String words(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    if (cause == null) {
      return "no answer";
    }
    String message = cause.getMessage();
    String words =
        cause.getClass().getSimpleName()
            + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    return words.substring(0, Math.min(words.length(), LONGEST_REASON));
  }

  private String base(int at) {
    String url = urls.get(at).toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Aborts what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
