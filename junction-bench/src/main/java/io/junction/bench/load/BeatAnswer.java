package io.junction.bench.load;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What matters of the answer to a heartbeat, read without a tree.
 *
 * @param work all that the worker should be working on; a job's id where it is new
 * @param refused updates that were neither applied nor unchanged
 */
record BeatAnswer(List<Work> work, int refused, String directive) {

  /**
   * An assignment.
   *
   * @param job its job's id; 0 when the worker is supposed to know it
   */
  record Work(String assignment, long job) {}

  private static final JsonFactory JSON = new JsonFactory();

  static BeatAnswer read(Answer answer) {
    var work = new ArrayList<Work>();
    int refused = 0;
    var directive = "";
    try (var parser =
        JSON.createParser(
            ObjectReadContext.empty(), answer.buffer(), answer.offset(), answer.length())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "assignments" -> readWork(parser, work);
          case "updates" -> refused = countRefused(parser);
          case "directive" -> directive = parser.getString();
          default -> parser.skipChildren();
        }
      }
    }
    return new BeatAnswer(work, refused, directive);
  }

  private static void readWork(JsonParser parser, List<Work> work) {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      var id = "";
      long job = 0;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = parser.getString();
          case "job" -> job = jobId(parser);
          default -> parser.skipChildren();
        }
      }
      work.add(new Work(id, job));
    }
  }

  private static long jobId(JsonParser parser) {
    long id = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("id")) {
        id = parser.getLongValue();
      } else {
        parser.skipChildren();
      }
    }
    return id;
  }

  private static int countRefused(JsonParser parser) {
    int refused = 0;
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        if (name.equals("verdict")) {
          var verdict = parser.getString();
          refused += verdict.equals("applied") || verdict.equals("unchanged") ? 0 : 1;
        } else {
          parser.skipChildren();
        }
      }
    }
    return refused;
  }
}
