package io.junction.api.poll;

import io.junction.api.ApiProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Connections that cost little while their polls are held.
 *
 * <p>Tomcat gives each request its buffers when it begins and takes them back when it ends, and a
 * held poll lasts long: what they cost, times the polls, is most of the memory of this process. Its
 * defaults suit pages; a heartbeat and its answer are a few hundred bytes. Longer ones take more
 * reads and writes, not more memory.
 */
@Configuration(proxyBeanMethods = false)
class Connections {

  /** For those who are not parked: schedulers, operators, workers between two polls. */
  private static final int OTHERS = 10_000;

  /** Requests that are worked on at a time; held polls are not. */
  private static final int REQUESTS = 2_000;

  private static final int SOCKET_BUFFER_BYTES = 1024;
  private static final int REQUEST_HEADER_BYTES = 4096;
  private static final int RESPONSE_HEADER_BYTES = 2048;

  /** For the headers behind a chunked body, which nobody sends; kept for each request anyway. */
  private static final int TRAILER_BYTES = 256;

  /** Requests and sockets that are kept, with their buffers, for those to come. */
  private static final int KEPT = 500;

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> thriftyConnections(
      ApiProperties properties) {
    int most = properties.worker().maxParked() + OTHERS;
    return factory -> {
      factory.setProtocol(ThriftyHttp.class.getName());
      factory.addProtocolHandlerCustomizers(
          protocol -> protocol.setExecutor(new BoundedThreads(REQUESTS)));
      factory.addConnectorCustomizers(
          connector -> {
            connector.setProperty("maxConnections", String.valueOf(most));
            connector.setProperty("processorCache", String.valueOf(KEPT));
            connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(REQUEST_HEADER_BYTES));
            connector.setProperty(
                "maxHttpResponseHeaderSize", String.valueOf(RESPONSE_HEADER_BYTES));
            connector.setProperty("maxTrailerSize", String.valueOf(TRAILER_BYTES));
            connector.setProperty("socket.appReadBufSize", String.valueOf(SOCKET_BUFFER_BYTES));
            connector.setProperty("socket.appWriteBufSize", String.valueOf(SOCKET_BUFFER_BYTES));
            connector.setProperty("socket.bufferPool", String.valueOf(KEPT));
          });
    };
  }
}
