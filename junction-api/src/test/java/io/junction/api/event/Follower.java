package io.junction.api.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A client that remembers what it was told, and reads on from the cursor of any of it. */
final class Follower {

  private final EventStatements statements;
  private final List<Told> told = new ArrayList<>();
  private Position position;

  /** An event, and the cursor that came with it. */
  record Told(long id, long job, String cursor) {}

  Follower(EventStatements statements) {
    this.statements = statements;
    this.position = head();
  }

  /** Everything that there is by now, in pages of this size; only what is new to it. */
  List<Long> readAll(int limit) {
    var head = head();
    int before = told.size();
    while (!position.equals(head)) {
      page(head, limit);
    }
    return told.subList(before, told.size()).stream().map(Told::id).toList();
  }

  /** One page. */
  List<Long> read(int limit) {
    int before = told.size();
    page(head(), limit);
    return told.subList(before, told.size()).stream().map(Told::id).toList();
  }

  private void page(Position head, int limit) {
    var goal = position.goal(head);
    var events = statements.page(position, goal, limit);
    for (var event : events) {
      var cursor = EventCursor.textOf(position.behind(event.id(), goal));
      told.add(new Told(event.id(), Objects.requireNonNullElse(event.jobId(), 0L), cursor));
    }
    position = Pages.endOf(position, goal, events, limit);
  }

  /** Comes back with the cursor of what it was told as the n-th, and has forgotten the rest. */
  void comeBack(int n) {
    told.subList(n + 1, told.size()).clear();
    goOnBehind(told.get(n));
  }

  void goOnBehind(Told last) {
    position = EventCursor.parse(last.cursor()).orElseThrow();
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  String cursor() {
    return EventCursor.textOf(position);
  }

  private Position head() {
    return Objects.requireNonNull(statements.head());
  }
}
