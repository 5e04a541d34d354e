package io.junction.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads what Prometheus would. */
final class Metrics {

  private Metrics() {}

  static double gauge(Client api, String name) {
    var request =
        HttpRequest.newBuilder(api.uri("/actuator/prometheus"))
            .header("Authorization", "Bearer " + Client.READER)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
