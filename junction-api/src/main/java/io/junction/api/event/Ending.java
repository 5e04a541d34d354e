package io.junction.api.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * The end of a stream, which both sides may find at the same time: its thread, by a write that
 * fails, and the server, by the same.
 *
 * <p>Invariant: the request is completed once. The server uses its object for another request
 * afterwards, and a second time would end that one.
 */
final class Ending implements AsyncListener {

  private final AsyncContext request;
  private boolean ended;

  Ending(AsyncContext request) {
    this.request = request;
  }

  /** Under a lock: the server must not go on while the stream's thread completes the request. */
  synchronized void end() {
    if (!ended) {
      ended = true;
      request.complete();
    }
  }

  /** A connection that breaks is the end of its stream, not an error to answer. */
  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public synchronized void onComplete(AsyncEvent event) {
    ended = true;
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
