package io.junction.api.poll;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Virtual threads, so many at a time at most. What has to wait for one is a readable connection, a
 * few hundred bytes; what has one is a request with its buffers and its stack, a hundred times as
 * much. So when all workers come back at once, after a restart, that costs time and not the heap.
 */
final class BoundedThreads implements Executor {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore free;

  BoundedThreads(int most) {
    this.free = new Semaphore(most);
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
    if (free.tryAcquire()) {
      Thread.ofVirtual().name("request").start(this::run);
    }
  }

  /** A task that is added after the last look finds the place free, or is found by another look. */
  private void run() {
    do {
      try {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
          task.run();
        }
      } finally {
        free.release();
      }
    } while (!waiting.isEmpty() && free.tryAcquire());
  }
}
