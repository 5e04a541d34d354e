package io.junction.api.event;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * The end of a stream whose connection broke: a write of its thread has failed, and the server says
 * so here.
 *
 * <p>Invariant: then the request is completed here and nowhere else. Were its thread to do the same
 * at the same time, the server would put its objects aside twice, and use them for two connections
 * at once.
 */
final class Ending implements AsyncListener {

  @Override
  public void onError(AsyncEvent event) {
    event.getAsyncContext().complete();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
