package io.junction.common.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription's messages go, and what is needed to get them there.
 *
 * <p>What is secret of it stands encrypted in the database and is neither returned nor logged: each
 * record's {@code toString} leaves it out.
 */
public sealed interface Target {

  TargetKind kind();

  /**
   * A URL that takes JSON by POST.
   *
   * @param secrets each {@code whsec_} and base64, as Standard Webhooks have them; several while
   *     one takes another's place: the message is signed with each
   */
  record Webhook(String url, List<String> secrets) implements Target {

    public Webhook {
      secrets = List.copyOf(secrets);
    }

    @Override
    public TargetKind kind() {
      return TargetKind.WEBHOOK;
    }

    @Override
    public String toString() {
      return "Webhook[" + url + "]";
    }
  }

  /**
   * The commit of a build on GitHub, or on a server that speaks like it.
   *
   * @param apiUrl without a slash at its end, {@code https://api.github.com} for GitHub itself
   * @param repository {@code owner/name}; null: that of the build
   * @param context under which the state is shown
   * @param statuses whether a commit status is set
   * @param checks whether a check run is made
   * @param token secret
   */
  record GitHub(
      String apiUrl,
      @Nullable String repository,
      String context,
      boolean statuses,
      boolean checks,
      String token)
      implements Target {

    @Override
    public TargetKind kind() {
      return TargetKind.GITHUB;
    }

    @Override
    public String toString() {
      return "GitHub[" + apiUrl + " " + repository + "]";
    }
  }

  /** Addresses that get a mail each. */
  record Email(List<String> recipients) implements Target {

    public Email {
      recipients = List.copyOf(recipients);
    }

    @Override
    public TargetKind kind() {
      return TargetKind.EMAIL;
    }
  }

  /**
   * A Slack channel, by an incoming webhook.
   *
   * @param url secret: whoever knows it may write there
   * @param channel null: the one that the webhook was made for
   * @param templates the lines of a message; empty: the usual ones
   */
  record Slack(String url, @Nullable String channel, List<String> templates) implements Target {

    public Slack {
      templates = List.copyOf(templates);
    }

    @Override
    public TargetKind kind() {
      return TargetKind.SLACK;
    }

    @Override
    public String toString() {
      return "Slack[" + channel + "]";
    }
  }

  /**
   * Channels of an IRC server.
   *
   * @param channels each with its {@code #}
   * @param notice whether lines are notices and not messages
   * @param skipJoin whether the server takes lines from outside of its channels
   * @param password of the server; secret
   * @param channelKey secret
   * @param templates the lines of a message; empty: the usual ones
   */
  record Irc(
      String server,
      int port,
      boolean tls,
      List<String> channels,
      String nick,
      boolean notice,
      boolean skipJoin,
      @Nullable String password,
      @Nullable String channelKey,
      List<String> templates)
      implements Target {

    public Irc {
      channels = List.copyOf(channels);
      templates = List.copyOf(templates);
    }

    @Override
    public TargetKind kind() {
      return TargetKind.IRC;
    }

    @Override
    public String toString() {
      return "Irc[" + server + ":" + port + " " + channels + "]";
    }
  }
}
