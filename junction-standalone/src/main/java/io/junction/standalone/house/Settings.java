package io.junction.standalone.house;

import io.junction.standalone.folder.RoleTokens;
import io.junction.standalone.postgres.Postgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What both applications are told, as Spring's arguments: these go before the environment, which
 * may hold the settings of another Junction.
 */
final class Settings {

  private static final List<String> SHARED =
      List.of(
          "--spring.main.banner-mode=off",
          "--spring.main.log-startup-info=false",
          // This house closes its parts itself, in its own order.
          "--spring.main.register-shutdown-hook=false",
          // The schema is there before either of them starts, so they may start at once.
          "--spring.flyway.enabled=false",
          "--server.address=127.0.0.1");

  private Settings() {}

  static String[] ofApi(Setup setup, Postgres postgres) {
    var settings = shared(setup, postgres);
    settings.add("--server.port=" + setup.port());
    settings.addAll(tokens(setup.tokens()));
    settings.addAll(setup.apiSettings());
    return settings.toArray(String[]::new);
  }

  static String[] ofDispatcher(Setup setup, Postgres postgres) {
    var settings = shared(setup, postgres);
    settings.add("--server.port=-1");
    settings.add("--springdoc.api-docs.enabled=false");
    settings.add("--management.server.port=0");
    settings.add("--management.server.address=127.0.0.1");
    settings.addAll(setup.dispatcherSettings());
    return settings.toArray(String[]::new);
  }

  private static List<String> shared(Setup setup, Postgres postgres) {
    var settings = new ArrayList<>(SHARED);
    settings.add("--spring.datasource.url=" + postgres.jdbcUrl());
    settings.add("--spring.datasource.username=" + postgres.user());
    settings.add("--spring.datasource.password=" + postgres.password());
    settings.add("--junction.notifications.key=" + keyFrom(setup.tokens().operator()));
    return settings;
  }

  /** As lasting as the token, and no further secret that has to be kept. */
  private static String keyFrom(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("notifications ".getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder()
          .encodeToString(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<String> tokens(RoleTokens tokens) {
    return List.of(
        "--junction.tokens.worker=" + tokens.worker(),
        "--junction.tokens.scheduler=" + tokens.scheduler(),
        "--junction.tokens.operator=" + tokens.operator(),
        "--junction.tokens.reader=" + tokens.reader());
  }
}
