package io.junction.api.heartbeat;

import io.junction.api.poll.Held;
import io.junction.api.poll.Seat;
import io.junction.api.problem.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The answer of one heartbeat, while it is held. Nothing is kept but what it was answered at first,
 * and what it listed.
 */
final class HeldAnswer implements Held {

  private final Heartbeat beat;
  private final Reply.Heard first;
  private final Seat seat;
  private final long received;
  private final Function<Heartbeat, CompletionStage<Reply>> look;
  private final Function<Heartbeat, CompletionStage<Reply>> apply;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /**
   * @param received the monotonic instant at which the heartbeat came
   * @param look reads what there is to say by now
   * @param apply hears the heartbeat anew, and says the same
   */
  HeldAnswer(
      Heartbeat beat,
      Reply.Heard first,
      Seat seat,
      long received,
      Function<Heartbeat, CompletionStage<Reply>> look,
      Function<Heartbeat, CompletionStage<Reply>> apply) {
    this.beat = beat;
    this.first = first;
    this.seat = seat;
    this.received = received;
    this.look = look;
    this.apply = apply;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  @Override
  public CompletionStage<Optional<Runnable>> look() {
    return look.apply(beat)
        .thenCompose(
            reply ->
                reply instanceof Reply.Unsure
                    ? applyAgain()
                    : CompletableFuture.completedStage(reply))
        .thenApply(this::word)
        .exceptionally(failure -> Optional.of(() -> answer.completeExceptionally(failure)));
  }

  private CompletionStage<Reply> applyAgain() {
    long at = System.nanoTime();
    return apply
        .apply(beat)
        .thenApply(
            reply -> {
              if (reply instanceof Reply.Heard) {
                seat.noted(at);
              }
              return reply;
            });
  }

  private Optional<Runnable> word(Reply reply) {
    if (reply instanceof Reply.Heard heard) {
      return heard.differsFrom(beat) ? Optional.of(() -> say(heard)) : Optional.empty();
    }
    return Optional.of(() -> answer.completeExceptionally(reply.refusalOf(beat)));
  }

  private void say(Reply.Heard heard) {
    answer.complete(new Answer(leased(heard), false));
  }

  @Override
  public void end(Ending why) {
    switch (why) {
      case TIME, STOP -> say(first);
      case SUPERSEDED ->
          answer.completeExceptionally(Refusal.staleHeartbeat(beat.seq(), beat.seq() + 1));
    }
  }

  /**
   * The worker counts its lease from when it sent its heartbeat, the database counts the worker's
   * silence from when it was noted last. That may be long after this heartbeat came, or, when it
   * was held on trust and nobody has noted it yet, a little before.
   */
  private Reply.Heard leased(Reply.Heard heard) {
    long laterMs = (seat.notedAt() - received) / 1_000_000;
    return heard.withLease(Math.max(1, heard.leaseMs() + laterMs));
  }
}
