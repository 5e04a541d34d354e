package io.junction.dispatcher.notify.irc;

import io.junction.dispatcher.notify.http.CheckedAddresses;
import io.junction.dispatcher.notify.http.SendingProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The visitor of IRC servers, who trusts whom the JDK trusts. */
@Configuration(proxyBeanMethods = false)
class IrcConfiguration {

  @Bean
  IrcSender ircSender(CheckedAddresses addresses, SendingProperties properties) {
    return new IrcSender(addresses, properties.requestTimeout(), null);
  }
}
