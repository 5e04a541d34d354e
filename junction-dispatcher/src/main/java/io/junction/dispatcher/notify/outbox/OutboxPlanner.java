package io.junction.dispatcher.notify.outbox;

import java.util.ArrayList;
import java.util.List;

/** Says which subscriptions want which events, in the order of the events. */
final class OutboxPlanner {

  private OutboxPlanner() {}

  static List<Wish> plan(List<ReadEvent> events, List<Interest> interests) {
    var wishes = new ArrayList<Wish>();
    for (var event : events) {
      var build = event.build();
      if (build != null) {
        interests.stream()
            .filter(interest -> interest.wants(event))
            .map(interest -> new Wish(event.id(), interest.subscription(), build))
            .forEach(wishes::add);
      }
    }
    return wishes;
  }
}
