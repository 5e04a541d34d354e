package io.junction.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.worker.executor.bash.BashExecutor;
import io.junction.worker.executor.http.HttpExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ConfigErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | config: must be an object, not an array",
        "3 | config: must be an object, not a number",
        "null | config: must be an object, not null",
        "{} | command: is missing",
        "{'command': null} | command: is missing",
        "{'command': 7} | command: must be text or an array of text, not a number",
        "{'command': {}} | command: must be text or an array of text, not an object",
        "{'command': []} | command: is an empty array",
        "{'command': ['echo', 7]} | command[1]: must be text, not a number",
        "{'command': 'a\\u0000b'} | command: holds a NUL character",
        "{'executor': 'docker'} | executor: 'docker' is unknown; this worker knows [bash, http]",
        "{'executor': true} | executor: must be text, not a boolean",
        "{'command': 'x', 'environment': []} | environment: must be an object of text",
        "{'command': 'x', 'environment': {'A': 1}} | environment.A: must be text, not a number",
        "{'command': 'x', 'environment': {'A=B': ''}} | environment: 'A=B' cannot be the name",
        "{'executor': 'http'} | url: is missing",
        "{'executor': 'http', 'url': 'file:///etc/passwd'} | url: must begin with http:// or https://",
        "{'executor': 'http', 'url': 'http://a b'} | url: Illegal character",
        "{'executor': 'http', 'url': 'http:///x'} | url: ",
        "{'executor': 'http', 'url': 'http://a', 'method': 'A B'} | method: ",
        "{'executor': 'http', 'url': 'http://a', 'headers': {'Host': 'b'}} | headers.Host: ",
        "{'executor': 'http', 'url': 'http://a', 'headers': {'A': 'b\\nc'}} | headers.A: ",
        "{'executor': 'http', 'url': 'http://a', 'headers': 'x'} | headers: must be an object of text, not text",
        "{'executor': 'http', 'url': 'http://a', 'timeout_ms': 0} | timeout_ms: must be from 1 to",
        "{'executor': 'http', 'url': 'http://a', 'timeout_ms': 1e400} | timeout_ms: must be a whole number, not a number",
        "{'executor': 'http', 'url': 'http://a', 'timeout_ms': 99999999999999999999} | timeout_ms: must be from 1 to",
        "{'executor': 'http', 'url': 'http://a', 'expected_status': 'ok'} | expected_status: must be a whole number, not text",
        "{'executor': 'http', 'url': 'http://a', 'expected_status': [200, 9]} | expected_status[1]: must be from 100 to 599",
      })
  void a_config_that_cannot_be_run_ends_errored_with_the_field_in_the_reason(
      String config, String reason) throws Exception {
    var ending = run(config.replace('\'', '"'));
    assertThat(ending.state()).isEqualTo(Ending.State.ERRORED);
    assertThat(ending.reason()).startsWith(reason);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_missing_config_is_an_empty_one() throws Exception {
    assertThat(run(null).reason()).isEqualTo("command: is missing");
  }

  private Ending run(@Nullable String config) throws InterruptedException {
    var node = config == null ? null : new JsonMapper().readTree(config);
    try (var executors =
        new Executors(
            Map.of("bash", new BashExecutor(folder, Map.of(), 10), "http", new HttpExecutor(10)))) {
      var execution = executors.start(new Run(UUID.randomUUID(), 1, 1, "q", node, false, 0));
      assertThat(execution.started()).isFalse();
      return execution.await();
    }
  }
}
