package io.junction.api.poll;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A held answer whose looks end when the test says so, and which remembers how it was ended. */
final class Waiting implements Held {

  private final Deque<CompletableFuture<Optional<Runnable>>> looks = new ArrayDeque<>();
  private final List<String> said = new ArrayList<>();

  @Override
  public CompletionStage<Optional<Runnable>> look() {
    var look = new CompletableFuture<Optional<Runnable>>();
    looks.add(look);
    return look;
  }

  @Override
  public void end(Ending why) {
    said.add(why.toString());
  }

  /** The look that is under way finds nothing. */
  void findNothing() {
    looks.remove().complete(Optional.empty());
  }

  void find(String what) {
    looks.remove().complete(Optional.of(() -> said.add(what)));
  }

  int looksUnderWay() {
    return looks.size();
  }

  List<String> said() {
    return said;
  }
}
