package io.junction.dispatcher.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.BuildNews;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%{repository} | svenfuchs/minimal",
        "%{repository_slug} | svenfuchs/minimal",
        "%{repository_name} | minimal",
        "%{build_number} | 12",
        "%{build_id} | 42",
        "%{build_url} | https://ci.example.org/builds/42",
        "%{branch} | main",
        "%{commit} | 62aae5f",
        "%{commit_message} | Keep the lamp lit",
        "%{author} | svenfuchs",
        "%{result} | passed",
        "%{message} | The build passed.",
        "%{duration} | 1 min 2 sec",
        "%{elapsed_time} | 1 min 2 sec",
        "%{pull_request} | true",
        "%{pull_request_number} | 5",
        "%{unheard_of} %{ } %{ %} %{{branch}} | %{unheard_of} %{ } %{ %} %{{branch}}",
        "%{branch}%{branch} | mainmain",
      })
  void each_of_hubs_names_is_filled(String line, String filled) {
    assertThat(fill(Samples.pullRequest(), line)).containsExactly(filled);
  }

  @Test
  void a_line_of_which_nothing_is_known_is_left_out() {
    assertThat(
            fill(
                Samples.bare(),
                "Change view : %{compare_url}",
                "%{repository}#%{build_number}",
                "plain",
                "%{pull_request_url}%{commit_message}%{duration}"))
        .containsExactly("#42", "plain");
  }

  @Test
  void what_is_filled_in_is_escaped_and_not_filled_again() {
    var news = Samples.saying("%{build_id} $1 \\ <");
    var template = new Template(news, text -> text.replace("<", "&lt;"));
    assertThat(template.fill(List.of("<%{branch}>"))).containsExactly("<%{build_id} $1 \\ &lt;>");
  }

  @ParameterizedTest
  @CsvSource({
    "passed, , PASSED", "passed, passed, PASSED", "passed, failed, FIXED",
    "passed, errored, PASSED", "failed, , FAILED", "failed, passed, BROKEN",
    "failed, failed, STILL_FAILING", "failed, errored, FAILED", "failed, canceled, FAILED",
    "errored, passed, ERRORED", "canceled, failed, CANCELED", "started, failed, PENDING",
    "created, passed, PENDING",
  })
  void a_result_is_told_by_how_it_was_before(String state, String before, Result result) {
    assertThat(Result.of(Samples.build(state, before, "", "main"))).isEqualTo(result);
  }

  private static List<String> fill(BuildNews news, String... lines) {
    return new Template(news, UnaryOperator.identity()).fill(List.of(lines));
  }
}
