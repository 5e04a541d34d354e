package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.api.ApiProperties;
import io.junction.api.event.EventProperties;
import io.junction.api.token.TokenProperties;
import io.junction.common.assignment.RestartLimit;
import io.junction.common.limit.LimitProperties;
import io.junction.common.rule.QueueRuleProperties;
import io.junction.common.subscription.NotificationProperties;
import io.junction.common.turn.TurnProperties;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.notify.http.SendingProperties;
import io.junction.testing.TidyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** docs/operating.md lists exactly the settings that there are. */
class OperatingTest {

  private static final Pattern DOCUMENTED = Pattern.compile("\\| `(junction\\.[a-z.<>-]+)` \\|");

  @Test
  void each_property_is_documented_and_each_documented_property_exists() throws IOException {
    var page = Files.readString(TidyRules.root().resolve("docs/operating.md"));
    var settings = page.substring(0, page.indexOf("## Metrics"));

    var documented = DOCUMENTED.matcher(settings).results().map(result -> result.group(1)).toList();

    var known = new ArrayList<String>();
    for (var type :
        List.of(
            ApiProperties.class,
            EventProperties.class,
            TokenProperties.class,
            LimitProperties.class,
            TurnProperties.class,
            NotificationProperties.class,
            QueueRuleProperties.class,
            RestartLimit.class,
            DispatcherProperties.class,
            SendingProperties.class)) {
      known.addAll(properties(type.getAnnotation(ConfigurationProperties.class).value(), type));
    }
    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
  }

  private static List<String> properties(String prefix, Class<?> type) {
    var names = new ArrayList<String>();
    for (var component : type.getRecordComponents()) {
      var name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        names.addAll(properties(name, component.getType()));
      } else if (Map.class.isAssignableFrom(component.getType())) {
        names.add(name + ".<name>");
      } else {
        names.add(name);
      }
    }
    return names;
  }
}
