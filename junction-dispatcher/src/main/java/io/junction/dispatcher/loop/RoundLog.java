package io.junction.dispatcher.loop;

import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One structured line for each round that changed something, and none for the others. */
final class RoundLog {

  private static final Logger log = LoggerFactory.getLogger(RoundLog.class);

  private RoundLog() {}

  static void write(String loop, Round round) {
    var changes =
        round.changes().entrySet().stream().filter(change -> change.getValue() != 0).toList();
    if (changes.isEmpty()) {
      return;
    }
    var line = log.atInfo().addKeyValue("loop", loop);
    for (var change : changes) {
      line = line.addKeyValue(change.getKey(), change.getValue());
    }
    line.log(
        "{}: {}",
        loop,
        changes.stream()
            .map(change -> change.getKey() + " " + change.getValue())
            .collect(Collectors.joining(", ")));
  }
}
