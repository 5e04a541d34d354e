package io.junction.dispatcher.notify.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for addresses that strangers chose.
 *
 * <p>It connects to what {@link CheckedAddresses} gave out, verifies TLS by the host's name, and
 * follows nothing. A request ends within its timeout, whatever the target does, and at most 64 KiB
 * of an answer are read.
 *
 * <p>Concurrency: any number of threads; a slow target holds nobody up but its own caller.
 */
public final class GuardedHttp implements AutoCloseable {

  private static final int MOST_OF_A_BODY = 64 * 1_024;
  private static final int MOST_AT_ONCE = 1_000;

  private final Duration timeout;
  private final CloseableHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public GuardedHttp(CheckedAddresses addresses, Duration timeout, SSLContext tls) {
    this.timeout = timeout;
    var patience = Timeout.of(timeout);
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(addresses, patience, tls))
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(patience)
                    .setResponseTimeout(patience)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("Junction")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableAuthCaching()
            .disableCookieManagement()
            .disableContentCompression()
            .build();
  }

  private static HttpClientConnectionManager connections(
      CheckedAddresses addresses, Timeout patience, SSLContext tls) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(new Resolver(addresses))
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(patience)
                .setSocketTimeout(patience)
                .build())
        .setMaxConnTotal(MOST_AT_ONCE)
        .setMaxConnPerRoute(MOST_AT_ONCE)
        .build();
  }

  /** Blocks until the target has answered, or the timeout is over. */
  public Reply send(HttpCall call) {
    var uri = uri(call.url());
    if (uri == null) {
      return new Reply.Forbidden("the target's address is no http or https URL");
    }
    var request = new HttpUriRequestBase(call.method(), uri);
    call.headers().forEach(request::setHeader);
    if (call.json() != null) {
      request.setEntity(new StringEntity(call.json(), ContentType.APPLICATION_JSON));
    }
    // On a thread of its own, since nothing ends a lookup of a name that hangs.
    var exchange = threads.submit(() -> exchange(request));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Reply.Unreached("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      return Failures.reply(Objects.requireNonNullElse(e.getCause(), e), timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Unreached("the dispatcher was stopped meanwhile");
    } finally {
      request.cancel();
      exchange.cancel(true);
    }
  }

  private static @Nullable URI uri(String url) {
    try {
      var uri = new URI(url);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      return (http || https) && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private Reply exchange(HttpUriRequestBase request) throws IOException, HttpException {
    var response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
    try {
      return answered(response);
    } finally {
      // To close an answer would be to read it to its end, and some have none.
      request.cancel();
      closeQuietly(response);
    }
  }

  private static Reply answered(ClassicHttpResponse response) throws IOException {
    var headers = new HashMap<String, String>();
    for (var header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return new Reply.Answered(response.getCode(), headers, body(response));
  }

  private static String body(ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    return new String(entity.getContent().readNBytes(MOST_OF_A_BODY), StandardCharsets.UTF_8);
  }

  private static void closeQuietly(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      // The connection is gone, as it should be.
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }

  private record Resolver(CheckedAddresses addresses) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return addresses.of(host).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
