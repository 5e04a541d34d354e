package io.junction.bench.measure;

import io.junction.bench.house.Daemon;
import io.junction.bench.house.Refusal;
import io.junction.bench.load.Latencies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How long the rounds of a dispatcher's loop have taken, as its own metrics tell it: so many up to
 * each of some sixty times, which grow by a tenth to a third.
 *
 * @param upTo how many rounds took no longer than so many seconds
 */
public record Rounds(NavigableMap<Double, Long> upTo) {

  private static final Pattern BUCKET =
      Pattern.compile(
          "^junction_rounds_seconds_bucket\\{(?=.*loop=\"(\\w+)\")(?=.*le=\"([^\"]+)\").*} (\\S+)");

  /** All rounds of this loop so far. */
  public static Rounds of(Daemon dispatcher, String loop) throws InterruptedException {
    var upTo = new TreeMap<Double, Long>();
    metrics(dispatcher)
        .lines()
        .map(BUCKET::matcher)
        .filter(bucket -> bucket.find() && bucket.group(1).equals(loop))
        .forEach(
            bucket ->
                upTo.put(
                    Double.parseDouble(bucket.group(2).replace("+Inf", "Infinity")),
                    (long) Double.parseDouble(bucket.group(3))));
    return new Rounds(upTo);
  }

  /** Those that have come since that moment, each as long as the next of those times. */
  public Latencies since(Rounds before) {
    var latencies = new Latencies();
    long counted = 0;
    double last = 0;
    for (var bucket : upTo.entrySet()) {
      last = bucket.getKey().isInfinite() ? last : bucket.getKey();
      long now = bucket.getValue() - before.upTo.getOrDefault(bucket.getKey(), 0L);
      for (; counted < now; counted++) {
        latencies.add((long) (last * 1e9));
      }
    }
    return latencies;
  }

  private static String metrics(Daemon dispatcher) throws InterruptedException {
    var address =
        URI.create(
            "http://" + dispatcher.host() + ":" + dispatcher.port() + "/actuator/prometheus");
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new Refusal("The dispatcher's metrics cannot be read: " + e, e);
    }
  }
}
