package io.junction.dispatcher;

import io.junction.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void the_house_rules_hold() {
    ArchitectureRules.check("io.junction.dispatcher");
  }
}
