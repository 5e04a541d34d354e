package io.junction.worker.agent;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one worker is set up. Invariant: what is constructed is valid; otherwise the constructor
 * names everything that is wrong at once.
 *
 * @param urls base addresses of Junction's API; the next one is used when one does not answer. At
 *     least one, http or https
 * @param token a token of the role {@code worker}; opens registration only
 * @param queue whose jobs it runs; {@code [A-Za-z0-9._-]{1,127}}
 * @param slots how many jobs it runs at a time; 1 to 10,000, default: the number of processors
 * @param name what operators know it by; 1 to 255 characters, default: the host's name
 * @param attributes free text about it; at most 16 KiB in all
 * @param version of this software, shown to operators
 * @param drainTimeout how long a shutdown waits for what runs; 0 to 7 days, default 5 minutes
 * @param workDir where each job gets a folder of its own, removed afterwards; default {@code
 *     junction-worker} in the system's temporary folder
 * @param outputLimit how many bytes of stdout and of stderr are kept, the last ones; of an HTTP
 *     body the first ones. 0 to 32,768, default 24,576. Together they never exceed the protocol's
 *     64 KiB for a result
 */
public record WorkerOptions(
    List<URI> urls,
    String token,
    String queue,
    int slots,
    String name,
    Map<String, String> attributes,
    String version,
    Duration drainTimeout,
    Path workDir,
    int outputLimit) {

  public static final int MOST_SLOTS = 10_000;
  public static final int LARGEST_OUTPUT = 32_768;
  public static final int DEFAULT_OUTPUT = 24_576;
  public static final Duration DEFAULT_DRAIN = Duration.ofMinutes(5);

  private static final int LARGEST_ATTRIBUTES = 16 * 1_024;
  private static final Duration LONGEST_DRAIN = Duration.ofDays(7);

  public WorkerOptions {
    urls = List.copyOf(urls);
    attributes = Map.copyOf(new LinkedHashMap<>(attributes));
    var wrong = new ArrayList<String>();
    if (urls.isEmpty()) {
      wrong.add("url is missing");
    }
    for (URI url : urls) {
      if (!isHttp(url)) {
        wrong.add("url '" + url + "' must be like http://host:port");
      }
    }
    if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      wrong.add("token must be printable ASCII without spaces");
    }
    if (!queue.matches("[A-Za-z0-9._-]{1,127}")) {
      wrong.add(
          "queue '" + queue + "' must be 1 to 127 letters, digits, dots, underscores or hyphens");
    }
    if (slots < 1 || slots > MOST_SLOTS) {
      wrong.add("slots is " + slots + " and must be from 1 to " + MOST_SLOTS);
    }
    if (name.isBlank() || name.length() > 255) {
      wrong.add("name must have 1 to 255 characters");
    }
    if (attributes.toString().length() > LARGEST_ATTRIBUTES) {
      wrong.add("attributes must not exceed 16 KiB");
    }
    if (drainTimeout.isNegative() || drainTimeout.compareTo(LONGEST_DRAIN) > 0) {
      wrong.add("drain timeout is " + drainTimeout.toSeconds() + "s and must be from 0s to 7d");
    }
    if (outputLimit < 0 || outputLimit > LARGEST_OUTPUT) {
      wrong.add(
          "output limit is " + outputLimit + " and must be from 0 to " + LARGEST_OUTPUT + " bytes");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  /** A worker with one slot per processor and every other default. */
  public static WorkerOptions of(URI url, String token, String queue) {
    return new WorkerOptions(
        List.of(url),
        token,
        queue,
        Runtime.getRuntime().availableProcessors(),
        defaultName(),
        Map.of(),
        ownVersion(),
        DEFAULT_DRAIN,
        defaultWorkDir(),
        DEFAULT_OUTPUT);
  }

  /** The host's name, or {@code worker} where it has none. */
  public static String defaultName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "worker";
    }
  }

  /** The version that the jar's manifest says, or {@code dev}. */
  public static String ownVersion() {
    String version = WorkerOptions.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** A folder in the system's temporary one. */
  public static Path defaultWorkDir() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "junction-worker");
  }

  public WorkerOptions withSlots(int count) {
    return new WorkerOptions(
        urls, token, queue, count, name, attributes, version, drainTimeout, workDir, outputLimit);
  }

  public WorkerOptions withName(String other) {
    return new WorkerOptions(
        urls, token, queue, slots, other, attributes, version, drainTimeout, workDir, outputLimit);
  }

  public WorkerOptions withDrainTimeout(Duration timeout) {
    return new WorkerOptions(
        urls, token, queue, slots, name, attributes, version, timeout, workDir, outputLimit);
  }

  public WorkerOptions withWorkDir(Path folder) {
    return new WorkerOptions(
        urls, token, queue, slots, name, attributes, version, drainTimeout, folder, outputLimit);
  }

  private static boolean isHttp(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getQuery() == null;
  }

  /** Without the token, for it may be logged. */
  @Override
  public String toString() {
    return "WorkerOptions[urls="
        + urls
        + ", queue="
        + queue
        + ", slots="
        + slots
        + ", name="
        + name
        + "]";
  }
}
