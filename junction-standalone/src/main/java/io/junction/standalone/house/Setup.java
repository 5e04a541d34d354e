package io.junction.standalone.house;

import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.RoleTokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a house is built.
 *
 * @param port of the API; 0 is any free one
 * @param apiSettings further ones, as Spring's arguments: {@code --junction.api.…}
 * @param dispatcherSettings the same of the dispatcher
 * @param worker the one in this process, if there is to be one
 */
public record Setup(
    DataFolder folder,
    RoleTokens tokens,
    int port,
    List<String> apiSettings,
    List<String> dispatcherSettings,
    Optional<InsideWorker> worker) {

  /**
   * A worker in this process.
   *
   * @param drain how long it may finish what it runs when the house is closed
   */
  public record InsideWorker(String name, String queue, int slots, Duration drain) {}
}
