package io.junction.testing;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void the_rules_hold_for_those_who_wrote_them() {
    ArchitectureRules.check("io.junction.testing");
  }
}
