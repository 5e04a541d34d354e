package io.junction.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JunctionTest {

  @Test
  void help_says_what_each_command_does_and_takes() {
    assertThat(Heard.of("--help").out()).contains("dev", "demo");
    assertThat(Heard.of("dev", "--help").out())
        .contains("--port", "--data", "--no-worker", "8080", ".junction", "dev.env", "Exit codes");
    assertThat(Heard.of("demo", "--help").out())
        .contains("--port", "--data", ".junction/demo", "24", "half a minute", "Exit codes");
    assertThat(Heard.of("dev", "--help").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dev --port 70000   | '70000' is no port: 0 to 65535
          dev --port http    | 'http' is no port: 0 to 65535
          dev --port -1      | '-1' is no port: 0 to 65535
          dev --bogus        | Unknown option: '--bogus'
          dev --data         | Missing required parameter for option '--data' (<folder>)
          demo --no-worker   | Unknown option: '--no-worker'
          demo now           | Unmatched argument at index 1: 'now'
          serve              | Unmatched argument at index 0: 'serve'
          """)
  void wrong_options_are_named_and_end_with_2(String line, String message) {
    var heard = Heard.of(line.split(" "));

    assertThat(heard.code()).isEqualTo(2);
    assertThat(heard.err()).contains(message, "--help").doesNotContain("\tat ");
    assertThat(heard.out()).isEmpty();
  }

  @Test
  void without_a_command_it_asks_for_one() {
    var heard = Heard.of();

    assertThat(heard.code()).isEqualTo(2);
    assertThat(heard.err()).contains("demo or dev");
  }
}
