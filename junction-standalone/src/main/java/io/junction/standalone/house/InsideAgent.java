package io.junction.standalone.house;

import io.junction.standalone.folder.DataFolder;
import io.junction.worker.agent.Agent;
import io.junction.worker.agent.WorkerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker in this process. */
final class InsideAgent implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(InsideAgent.class);

  /** After the drain: the grace of what still runs, and a last report. */
  private static final Duration FAREWELL = Duration.ofSeconds(4);

  private final Agent agent;
  private final Duration drain;

  private InsideAgent(Agent agent, Duration drain) {
    this.agent = agent;
    this.drain = drain;
  }

  static InsideAgent start(Setup.InsideWorker worker, URI url, String token, DataFolder folder) {
    FileUtils.deleteQuietly(folder.work().toFile()); // what a killed one could not tidy up
    var options =
        new WorkerOptions(
            List.of(url),
            token,
            worker.queue(),
            worker.slots(),
            worker.name(),
            Map.of(),
            WorkerOptions.ownVersion(),
            worker.drain(),
            folder.work(),
            WorkerOptions.DEFAULT_OUTPUT);
    return new InsideAgent(Agent.start(options), worker.drain());
  }

  /**
   * What runs may end within its drain; the rest is ended and given back. Without an API that takes
   * it back the agent goes on trying for a while, but by then its jobs have been ended.
   */
  @Override
  public void close() {
    agent.drain();
    try {
      if (agent.awaitEnd(drain.plus(FAREWELL)).isEmpty()) {
        log.warn("the worker could not say goodbye; it will be missed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
