package io.junction.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalSizeTest {

  @Test
  void stty_says_lines_before_columns() {
    assertThat(TerminalSize.of("50 132\n")).isEqualTo(new TerminalSize(132, 50));
  }

  @Test
  void what_nobody_knows_is_80_columns_and_24_lines() {
    var usual = new TerminalSize(80, 24);
    assertThat(TerminalSize.of("")).isEqualTo(usual);
    assertThat(TerminalSize.of("0 0")).isEqualTo(usual);
    assertThat(TerminalSize.of("stty: not a terminal")).isEqualTo(usual);
  }
}
