package io.junction.api.poll;

import io.junction.api.ApiProperties;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections that cost little while their polls are held.
 *
 * <p>Tomcat gives each request its buffers when it begins and takes them back when it ends, and a
 * held poll lasts long: what they cost, times the polls, is most of the memory of this process. Its
 * defaults suit pages; a heartbeat and its answer are a few hundred bytes. Larger bodies take more
 * reads, not more memory.
 */
@Configuration(proxyBeanMethods = false)
class Connections {

  /** For those who are not parked: submitters, operators, workers between two polls. */
  private static final int OTHERS = 10_000;

  private static final int SOCKET_BUFFER_BYTES = 1024;
  private static final int REQUEST_HEADER_BYTES = 4096;
  private static final int RESPONSE_HEADER_BYTES = 2048;

  /** Processors, with their buffers, that are kept for the next request. */
  private static final int IDLE_PROCESSORS = 500;

  @Bean
  TomcatConnectorCustomizer thriftyConnections(ApiProperties properties) {
    return connector -> {
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        http.setMaxConnections(properties.worker().maxParked() + OTHERS);
        http.setProcessorCache(IDLE_PROCESSORS);
        http.setMaxHttpRequestHeaderSize(REQUEST_HEADER_BYTES);
        http.setMaxHttpResponseHeaderSize(RESPONSE_HEADER_BYTES);
        connector.setProperty("socket.appReadBufSize", String.valueOf(SOCKET_BUFFER_BYTES));
        connector.setProperty("socket.appWriteBufSize", String.valueOf(SOCKET_BUFFER_BYTES));
        connector.setProperty("socket.bufferPool", String.valueOf(IDLE_PROCESSORS));
      }
    };
  }
}
