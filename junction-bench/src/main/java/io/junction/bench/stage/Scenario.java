package io.junction.bench.stage;

/** Something that is measured. */
public interface Scenario {

  /** As the command line names it. */
  String name();

  /** What it measures, in one line. */
  String summary();

  /** Measures, and adds its results to the stage as they come. */
  void run(Stage stage) throws Exception;
}
