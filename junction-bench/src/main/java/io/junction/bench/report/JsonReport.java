package io.junction.bench.report;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as a file for tools: where it ran, and everything that was measured.
 *
 * @param commit of the sources, when there is a repository
 */
public record JsonReport(String commit, Machine machine, boolean brief, List<Result> results) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Writes it whole, over what was there. */
  public void write(Path file) {
    JSON.writeValue(file, this);
  }

  /** What the figures depend on. */
  public record Machine(int cores, long memoryMib, String system, String java, String postgres) {}
}
