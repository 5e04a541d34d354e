package io.junction.dispatcher.notify.webhook;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.common.subscription.BuildNews;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a webhook; its fields are documented in docs/notifications-sent.md and only added to.
 *
 * @param type the event with a dot in its middle, as Standard Webhooks spell it
 * @param timestamp when the build changed
 */
record Body(String type, Instant timestamp, Data data) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .changeDefaultVisibility(
              visibility -> visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .build();

  /**
   * What changed, and how all of it is now.
   *
   * @param event rises with each event of any build
   * @param version rises with each event of this build
   */
  record Data(
      String event,
      long eventId,
      int version,
      BuildNews.Build build,
      List<BuildNews.JobNews> jobs) {}

  /** The same text for the same news, always: it is what is signed. */
  static String of(BuildNews news) {
    var data = new Data(news.kind(), news.event(), news.version(), news.build(), news.jobs());
    return JSON.writeValueAsString(new Body(news.kind().replace(':', '.'), news.at(), data));
  }
}
