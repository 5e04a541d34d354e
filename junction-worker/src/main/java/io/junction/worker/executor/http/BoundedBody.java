package io.junction.worker.executor.http;

import io.junction.worker.executor.Text;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The beginning of a response's body; the rest, however long, is not fetched. */
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBody.Content> {

  /** What was kept. */
  record Content(String text, boolean truncated) {}

  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<Content> content = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Content> getBody() {
    return content;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      var bytes = new byte[Math.min(piece.remaining(), limit - kept.size())];
      piece.get(bytes);
      kept.writeBytes(bytes);
      if (piece.hasRemaining()) {
        content.complete(new Content(Text.decode(kept.toByteArray()), true));
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    content.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    content.complete(new Content(Text.decode(kept.toByteArray()), false));
  }
}
