package io.junction.dispatcher.notify.deliver;

import io.junction.dispatcher.notify.deliver.AnswerStatements.Recorded;
import io.junction.dispatcher.notify.deliver.AnswerStatements.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a round's answers changed.
 *
 * @param disabled subscriptions
 */
record Tally(List<Recorded> recorded, List<UUID> disabled) {

  static final Tally NOTHING = new Tally(List.of(), List.of());

  int count(String state) {
    return (int) recorded.stream().filter(delivery -> delivery.state().equals(state)).count();
  }

  /** Of each subscription of which one arrived or died, in one order for all who write them. */
  static List<Standing> standings(List<Recorded> recorded) {
    var bySubscription = new TreeMap<UUID, List<Recorded>>();
    recorded.stream()
        .filter(delivery -> !delivery.state().equals("pending"))
        .forEach(
            delivery ->
                bySubscription
                    .computeIfAbsent(delivery.subscription(), id -> new ArrayList<>())
                    .add(delivery));
    var standings = new ArrayList<Standing>();
    bySubscription.forEach((id, deliveries) -> standings.add(standing(id, deliveries)));
    return standings;
  }

  private static Standing standing(UUID subscription, List<Recorded> deliveries) {
    var dead = deliveries.stream().filter(delivery -> delivery.state().equals("dead")).toList();
    var since = dead.stream().map(Recorded::createdAt).min(Comparator.naturalOrder()).orElse(null);
    return new Standing(subscription, dead.size() < deliveries.size(), dead.size(), since);
  }
}
