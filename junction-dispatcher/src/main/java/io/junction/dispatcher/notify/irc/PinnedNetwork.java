package io.junction.dispatcher.notify.irc;

import java.net.InetAddress;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.defaults.feature.network.NettyNetworkHandler;
import org.kitteh.irc.client.library.feature.network.ClientConnection;
import org.kitteh.irc.client.library.feature.network.NetworkHandler;
import org.kitteh.irc.client.library.feature.network.Resolver;

/**
 * Connects to the address that was checked, while TLS still asks for the host by its name.
 *
 * <p>Concurrency: the library has one network for all of its clients, whose resolver is set and
 * used under its own lock. Names are looked up before, so nobody waits there.
 */
final class PinnedNetwork implements NetworkHandler {

  private final InetAddress address;

  PinnedNetwork(InetAddress address) {
    this.address = address;
  }

  @Override
  public ClientConnection connect(Client.WithManagement client) {
    var network = NettyNetworkHandler.getInstance();
    synchronized (network) {
      network.setResolver(getResolver());
      return network.connect(client);
    }
  }

  @Override
  public Resolver getResolver() {
    return host -> address;
  }

  @Override
  public void setResolver(Resolver resolver) {
    throw new UnsupportedOperationException("the address is fixed");
  }
}
