package io.junction.worker.agent;

import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Executors;
import io.junction.worker.executor.Run;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One assignment that this worker has begun, on a thread of its own.
 *
 * <p>Concurrency: the agent's thread gives the orders, the run's own thread obeys. An order may
 * come before there is anything to end, so it is remembered.
 */
final class Running {
  private static final Logger log = LoggerFactory.getLogger(Running.class);

  /** Why a run is being ended, which decides what is reported of it. */
  enum Fate {
    RUNS,
    /** Not in Junction's list, or the registration is gone: nothing is reported. */
    DROPPED,
    /** The lease is over and the job is exclusive. */
    FENCED,
    TIMED_OUT,
    /** The worker ends. */
    GIVEN_BACK
  }

  private final Run run;
  private final @Nullable Long timeoutMs;
  private final Mailbox mailbox;
  private Fate fate = Fate.RUNS; // the agent's thread only
  private long countsSince = System.nanoTime(); // the agent's thread only
  private @Nullable Execution execution; // guarded by this
  private long leaseEnd; // guarded by this
  private boolean killed; // the agent's thread only
  private boolean toTerminate; // guarded by this
  private boolean toKill; // guarded by this

  Running(Run run, @Nullable Long timeoutMs, Mailbox mailbox) {
    this.run = run;
    this.timeoutMs = timeoutMs;
    this.mailbox = mailbox;
    this.leaseEnd = run.leaseEnd();
  }

  void begin(Executors executors) {
    Thread.ofVirtual()
        .name("run-" + run.assignment())
        .start(() -> mailbox.put(new Event.Ended(this, work(executors))));
  }

  private Ending work(Executors executors) {
    try {
      Execution begun = executors.start(run);
      if (begun.started()) {
        mailbox.put(new Event.Started(this));
      }
      obey(begun);
      return begun.await();
    } catch (InterruptedException e) {
      return Ending.errored("the worker was interrupted");
    } catch (RuntimeException | Error e) {
      log.error("Assignment {} failed in the worker, which is a bug", run.assignment(), e);
      return Ending.errored("the worker failed: " + e);
    }
  }

  private synchronized void obey(Execution begun) {
    execution = begun;
    if (run.exclusive()) {
      begun.renew(leaseEnd);
    }
    if (toKill) {
      begun.kill();
    } else if (toTerminate) {
      begun.terminate();
    }
  }

  /** Ends it with a grace; the first fate counts. */
  void terminate(Fate why) {
    if (fate == Fate.RUNS) {
      fate = why;
      synchronized (this) {
        toTerminate = true;
        if (execution != null) {
          execution.terminate();
        }
      }
    }
  }

  /** Ends it at once, even within the grace; the first fate counts. */
  void kill(Fate why) {
    fate = fate == Fate.RUNS ? why : fate;
    killed = true;
    synchronized (this) {
      toKill = true;
      if (execution != null) {
        execution.kill();
      }
    }
  }

  /** From now on nothing is reported of it, whatever its fate was. */
  void disown() {
    terminate(Fate.DROPPED);
    fate = Fate.DROPPED;
  }

  synchronized void renew(long end) {
    leaseEnd = end;
    if (run.exclusive() && execution != null) {
      execution.renew(leaseEnd);
    }
  }

  /** The timeout counts from the start, and from the receipt until then. */
  void started() {
    countsSince = System.nanoTime();
  }

  /** Nanoseconds until its timeout; not positive when it is over. */
  long timeLeft(long now) {
    if (timeoutMs == null || fate != Fate.RUNS) {
      return Long.MAX_VALUE;
    }
    return TimeUnit.MILLISECONDS.toNanos(timeoutMs) - (now - countsSince);
  }

  UUID id() {
    return run.assignment();
  }

  Run run() {
    return run;
  }

  /** Whether its lease can still cut it short. */
  boolean isFenceable() {
    return run.exclusive() && !killed;
  }

  Fate fate() {
    return fate;
  }

  @Nullable Long timeoutMs() {
    return timeoutMs;
  }
}
