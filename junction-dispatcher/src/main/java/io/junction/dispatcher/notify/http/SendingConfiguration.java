package io.junction.dispatcher.notify.http;

import io.junction.common.subscription.NotificationProperties;
import java.net.InetAddress;
import org.apache.hc.core5.ssl.SSLContexts;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all senders go out by. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SendingProperties.class)
class SendingConfiguration {

  @Bean
  CheckedAddresses checkedAddresses(NotificationProperties properties) {
    return new CheckedAddresses(properties.allowPrivateTargets(), InetAddress::getAllByName);
  }

  @Bean
  GuardedHttp guardedHttp(CheckedAddresses addresses, SendingProperties properties) {
    return new GuardedHttp(
        addresses, properties.requestTimeout(), SSLContexts.createSystemDefault());
  }
}
