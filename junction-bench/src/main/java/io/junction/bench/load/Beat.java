package io.junction.bench.load;

import java.util.Collection;
import java.util.List;

/**
 * The body of a heartbeat, written without a tree.
 *
 * @param listed what the worker runs
 * @param steps what has come of its assignments
 * @param waitMs how long the answer may be held; 0 for not at all
 */
record Beat(long seq, Collection<String> listed, List<Step> steps, long waitMs) {

  /** An update of one assignment. */
  record Step(String assignment, String event) {}

  String json() {
    var json = new StringBuilder(64 + listed.size() * 39 + steps.size() * 90);
    json.append("{\"seq\":").append(seq).append(",\"assignments\":[");
    boolean first = true;
    for (var id : listed) {
      json.append(first ? "\"" : ",\"").append(id).append('"');
      first = false;
    }
    json.append("],\"updates\":[");
    first = true;
    for (var step : steps) {
      json.append(first ? "" : ",")
          .append("{\"assignment\":\"")
          .append(step.assignment)
          .append("\",\"event\":\"")
          .append(step.event)
          .append(step.event.equals("finish") ? "\",\"state\":\"passed\"}" : "\"}");
      first = false;
    }
    json.append(']');
    if (waitMs > 0) {
      json.append(",\"wait_ms\":").append(waitMs);
    }
    return json.append('}').toString();
  }
}
