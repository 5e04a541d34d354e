package io.junction.standalone.demo;

import io.junction.worker.JunctionWorker;
import java.io.IOException;

/**
 * The demo's second worker, a process of its own: {@code junction-worker} as it is, which ends with
 * the demo that has started it, also when that is killed with -9. Its standard input is a pipe of
 * the demo's, and ends with it.
 */
public final class WorkerMain {

  private static final int ABANDONED = 3;

  private WorkerMain() {}

  static void main(String... arguments) {
    Thread.ofPlatform().daemon().name("parent").start(WorkerMain::endWithParent);
    JunctionWorker.main(arguments);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written to it.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(ABANDONED);
  }
}
