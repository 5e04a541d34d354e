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
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /**
   * @param received the monotonic instant at which the heartbeat came
   */
  HeldAnswer(
      Heartbeat beat,
      Reply.Heard first,
      Seat seat,
      long received,
      Function<Heartbeat, CompletionStage<Reply>> look) {
    this.beat = beat;
    this.first = first;
    this.seat = seat;
    this.received = received;
    this.look = look;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  @Override
  public CompletionStage<Optional<Runnable>> look() {
    long at = System.nanoTime();
    return look.apply(beat)
        .thenApply(reply -> word(reply, at))
        .exceptionally(failure -> Optional.of(() -> answer.completeExceptionally(failure)));
  }

  private Optional<Runnable> word(Reply reply, long at) {
    if (reply instanceof Reply.Heard heard) {
      if (beat.isIdle()) {
        seat.noted(at);
      }
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
