package io.junction.standalone.house;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.console.Stop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** One of the two applications, being started on a thread of its own. */
final class Part implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_START = Duration.ofSeconds(2);

  private final String name;
  private final CompletableFuture<ConfigurableApplicationContext> started =
      new CompletableFuture<>();

  private Part(String name) {
    this.name = name;
  }

  static Part start(String name, Supplier<ConfigurableApplicationContext> start) {
    var part = new Part(name);
    // A platform thread: it inherits the class loader, which in the packaged jar is a special one.
    Thread.ofPlatform().daemon().name("start " + name).start(() -> part.run(start));
    return part;
  }

  private void run(Supplier<ConfigurableApplicationContext> start) {
    try {
      started.complete(start.get());
    } catch (RuntimeException | Error e) {
      started.completeExceptionally(e);
    }
  }

  /** The running application, or a refusal with the deepest reason that is known. */
  ConfigurableApplicationContext await(Stop stop) {
    while (!started.isDone()) {
      if (stop.within(LOOK)) {
        stop.check();
      }
    }
    try {
      return started.get();
    } catch (ExecutionException e) {
      Throwable deepest = e;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      throw new Refusal(name + " does not start: " + firstLine(deepest), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Interrupted while " + name + " was being started.", e);
    }
  }

  private static String firstLine(Throwable failure) {
    var text = String.valueOf(failure.getMessage());
    return text.lines().findFirst().orElse("") + "\nThe whole of it is in the log.";
  }

  /**
   * What is still being started is not waited for long: it has begun nothing that could be lost.
   */
  @Override
  public void close() {
    try {
      started.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS).close();
    } catch (ExecutionException e) {
      // It never ran.
    } catch (TimeoutException e) {
      LoggerFactory.getLogger(Part.class).warn("{} is still starting; left behind", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
