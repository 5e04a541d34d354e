package io.junction.system;

import io.junction.testing.TidyRules;
import org.junit.jupiter.api.Test;

class TidyTest {

  @Test
  void the_repository_is_tidy() {
    TidyRules.check();
  }
}
