package io.junction.api.subscription;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of every kind of target; each kind takes its own. */
record TargetRequest(
    @Nullable String url,
    @Nullable List<@Nullable String> secrets,
    @Nullable String apiUrl,
    @Nullable String repository,
    @Nullable String context,
    @Nullable Boolean statuses,
    @Nullable Boolean checks,
    @Nullable String token,
    @Nullable List<@Nullable String> recipients,
    @Nullable String channel,
    @Nullable List<@Nullable String> templates,
    @Nullable String server,
    @Nullable Integer port,
    @Nullable Boolean tls,
    @Nullable List<@Nullable String> channels,
    @Nullable String nick,
    @Nullable Boolean notice,
    @Nullable Boolean skipJoin,
    @Nullable String password,
    @Nullable String channelKey) {

  private static final String GITHUB = "https://api.github.com";
  private static final String NAME = "junction";
  private static final int IRC = 6667;
  private static final int IRC_TLS = 6697;

  /** The fields of a kind, as JSON has them. */
  static Set<String> fields(TargetKind kind) {
    return switch (kind) {
      case WEBHOOK -> Set.of("url", "secrets");
      case GITHUB -> Set.of("api_url", "repository", "context", "statuses", "checks", "token");
      case EMAIL -> Set.of("recipients");
      case SLACK -> Set.of("url", "channel", "templates");
      case IRC ->
          Set.of(
              "server",
              "port",
              "tls",
              "channels",
              "nick",
              "notice",
              "skip_join",
              "password",
              "channel_key",
              "templates");
    };
  }

  /** Those that a kind cannot do without. */
  static Set<String> required(TargetKind kind) {
    return switch (kind) {
      case WEBHOOK, SLACK -> Set.of("url");
      case GITHUB -> Set.of("token");
      case EMAIL -> Set.of("recipients");
      case IRC -> Set.of("server", "channels");
    };
  }

  /**
   * Those that say to whom the secret ones are sent. Whoever changes one of them has to know the
   * secrets, or could have them sent to a host of their own.
   */
  static Set<String> places(TargetKind kind) {
    return switch (kind) {
      // A webhook's secrets sign and are never sent; Slack's URL is the secret itself.
      case WEBHOOK, EMAIL, SLACK -> Set.of();
      case GITHUB -> Set.of("api_url");
      // Without TLS, everybody on the way is told as well.
      case IRC -> Set.of("server", "port", "tls");
    };
  }

  /** The target, with what is usual where nothing is said. What is required is there by now. */
  Target target(TargetKind kind) {
    return switch (kind) {
      case WEBHOOK -> new Target.Webhook(text(url), texts(secrets));
      case GITHUB ->
          new Target.GitHub(
              Objects.requireNonNullElse(apiUrl, GITHUB).replaceFirst("/+$", ""),
              repository,
              Objects.requireNonNullElse(context, NAME),
              !Boolean.FALSE.equals(statuses),
              Boolean.TRUE.equals(checks),
              text(token));
      case EMAIL -> new Target.Email(texts(recipients));
      case SLACK -> new Target.Slack(text(url), channel, texts(templates));
      case IRC ->
          new Target.Irc(
              text(server),
              Objects.requireNonNullElse(port, Boolean.TRUE.equals(tls) ? IRC_TLS : IRC),
              Boolean.TRUE.equals(tls),
              texts(channels),
              Objects.requireNonNullElse(nick, NAME),
              Boolean.TRUE.equals(notice),
              Boolean.TRUE.equals(skipJoin),
              password,
              channelKey,
              texts(templates));
    };
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  /** A null in a list is refused as an empty text is. */
  private static List<String> texts(@Nullable List<@Nullable String> values) {
    return values == null ? List.of() : values.stream().map(TargetRequest::text).toList();
  }
}
