package io.junction.worker;

import io.junction.worker.agent.Agent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGTERM and SIGINT do: the first drains, a second ends at once and the leash takes the jobs
 * along.
 */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);
  private static final int ENDED_BY_SECOND_SIGNAL = 130;

  private Shutdown() {}

  static void drains(Agent agent) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(agent), "shutdown"));
  }

  private static void drain(Agent agent) {
    try {
      if (agent.awaitEnd(Duration.ZERO).isPresent()) {
        return; // it has ended by itself, and main knows with which code
      }
      List.of("INT", "TERM").forEach(Shutdown::haltOn);
      agent.drain();
      agent.awaitEnd();
      Runtime.getRuntime()
          .halt(0); // a drain that was asked for is a success, not the 143 of a shot process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * By reflection, for the compiler lets nobody name {@code sun.misc.Signal}. Without it a second
   * signal is ignored.
   */
  private static void haltOn(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halt =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> halt());
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), halt);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      log.debug("A second SIG{} will be ignored", name, e);
    }
  }

  private static Object halt() {
    log.warn("A second signal: ending at once");
    Runtime.getRuntime().halt(ENDED_BY_SECOND_SIGNAL);
    return 0;
  }
}
