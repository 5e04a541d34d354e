package io.junction.testing;

import ch.qos.logback.classic.Level;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Where the tests' server comes from: the environment, else Docker, else an embedded one.
 *
 * @param description for people who wonder which one it was
 * @param lasting whether it outlives this JVM, so that what is made in it has to be dropped
 */
record PostgresSource(DatabaseUrl url, String description, boolean lasting) {

  static final String VARIABLE = "JUNCTION_TEST_DATABASE_URL";

  static PostgresSource find() {
    String url = System.getenv(VARIABLE);
    if (url != null && !url.isBlank()) {
      return given(url);
    }
    return dockerAnswers() ? container() : embedded();
  }

  private static PostgresSource given(String url) {
    try {
      return new PostgresSource(DatabaseUrl.parse(url), VARIABLE, true);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(VARIABLE + " is " + wrong.getMessage(), wrong);
    }
  }

  /** Testcontainers reports a missing Docker as one long error; here that is an answer. */
  private static boolean dockerAnswers() {
    return Quietly.with(
        "org.testcontainers", Level.OFF, () -> DockerClientFactory.instance().isDockerAvailable());
  }

  /** Nobody closes it: Testcontainers removes its containers when the JVM is gone. */
  @SuppressWarnings("resource")
  private static PostgresSource container() {
    var container =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
    container.start();
    var url =
        new DatabaseUrl(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    return new PostgresSource(url, "Docker", false);
  }

  /** Its folder is a temporary one; it is removed, and the server stopped, as the JVM ends. */
  private static PostgresSource embedded() {
    var server = Quietly.with("io.zonky", Level.WARN, PostgresSource::startEmbedded);
    var url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    return new PostgresSource(new DatabaseUrl(url, "postgres", "postgres"), "embedded", false);
  }

  private static EmbeddedPostgres startEmbedded() {
    try {
      return EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start();
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded Postgres does not start", failure);
    }
  }
}
