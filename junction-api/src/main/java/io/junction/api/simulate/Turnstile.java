package io.junction.api.simulate;

import io.junction.api.problem.Refusal;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets one pass at a time, and nobody wait. */
final class Turnstile {

  private final Semaphore free = new Semaphore(1);

  /** Refused while somebody else is inside. */
  <T> T pass(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw Refusal.busy("another simulation is under way here; ask again when it is over");
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
