package io.junction.common.hint;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The two ends of Postgres' notifications. */
@Component
class HintStatements {

  static final String QUEUE = "junction_queue";
  static final String SLOT = "junction_slot";
  static final String CREATED = "junction_created";
  static final String UNROUTED = "junction_unrouted";
  static final String LIMIT = "junction_limit";
  static final String EVENT = "junction_event";
  static final String DELIVERY = "junction_delivery";
  static final String WORKERS = "junction_worker";

  private static final String NOTIFY =
      "SELECT count(pg_notify(:channel, payload)) FROM unnest(:payloads::text[]) AS payload";

  private final JdbcClient jdbc;

  HintStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void notify(String channel, List<String> payloads) {
    jdbc.sql(NOTIFY)
        .param("channel", channel)
        .param("payloads", payloads.toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** A connection of its own, outside any pool, that hears the notifications of its channels. */
  static final class Feed implements AutoCloseable {

    private final Connection connection;

    Feed(String url, @Nullable String user, @Nullable String password, List<String> channels)
        throws SQLException {
      var properties = new Properties();
      if (user != null) {
        properties.setProperty("user", user);
      }
      if (password != null) {
        properties.setProperty("password", password);
      }
      properties.setProperty("ApplicationName", "junction-hints");
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("connectTimeout", "5");
      properties.setProperty("socketFactory", PromptSockets.class.getName());
      connection = DriverManager.getConnection(url, properties);
      try (var statement = connection.createStatement()) {
        for (var channel : channels) {
          statement.execute("LISTEN " + channel);
        }
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    /** Waits at most this long; an empty list means that nothing was heard. */
    List<Hint> next(Duration wait) throws SQLException {
      var heard = new ArrayList<Hint>();
      var notifications =
          connection.unwrap(PGConnection.class).getNotifications((int) wait.toMillis());
      for (var notification : notifications) {
        heard.add(
            switch (notification.getName()) {
              case QUEUE -> new Hint.Queue(notification.getParameter());
              case SLOT -> new Hint.Slot(notification.getParameter());
              case CREATED -> new Hint.Created();
              case UNROUTED -> new Hint.Unrouted();
              case LIMIT -> limit(notification.getParameter());
              case EVENT -> new Hint.Event();
              case DELIVERY -> new Hint.Delivery();
              case WORKERS -> workers(notification.getParameter());
              default -> new Hint.Unknown();
            });
      }
      return heard;
    }

    /** Anybody may notify anything; what cannot be read is no reason to hear nothing any more. */
    private static Hint workers(String payload) {
      try {
        return Hint.Workers.parse(payload);
      } catch (IllegalArgumentException e) {
        return new Hint.Unknown();
      }
    }

    private static Hint limit(String payload) {
      try {
        return Hint.Limit.parse(payload);
      } catch (IllegalArgumentException e) {
        return new Hint.Created();
      }
    }

    /** Asks the server something, so that a connection that died without a word is found out. */
    void check() throws SQLException {
      if (!connection.isValid(5)) {
        throw new SQLException("the connection that hears hints does not answer");
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
