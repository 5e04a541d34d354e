package io.junction.api.event;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a stream whose connection broke: a write of its thread has failed, and the server says
 * so here, on another thread and at the same moment.
 *
 * <p>Invariant: then the request is completed here and nowhere else, and not before the stream's
 * thread has left it. The server puts a completed request's objects aside for the next connection,
 * while the write that failed is still about to note its error in them; that one would end by it.
 */
final class Ending implements AsyncListener {

  /** For a moment mostly. A thread that writes has its own time-out, which is long over by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CountDownLatch left = new CountDownLatch(1);

  /** The stream's thread touches the request no more. */
  void left() {
    left.countDown();
  }

  @Override
  public void onError(AsyncEvent event) {
    complete(event);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    complete(event);
  }

  private void complete(AsyncEvent event) {
    try {
      var _ = left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
