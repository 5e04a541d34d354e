package io.junction.dispatcher.notify.http;

import io.junction.common.subscription.TargetAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves the names of targets, and lets none through that leads into the house.
 *
 * <p>Invariant: what it gives out was checked, and is what has to be connected to; a name that is
 * resolved once more may lead elsewhere.
 */
public final class CheckedAddresses {

  /** Asks whom the process asks for names. */
  @FunctionalInterface
  public interface Lookup {

    InetAddress[] all(String host) throws UnknownHostException;
  }

  private final boolean privateToo;
  private final Lookup lookup;

  public CheckedAddresses(boolean privateToo, Lookup lookup) {
    this.privateToo = privateToo;
    this.lookup = lookup;
  }

  /**
   * All addresses of a host, at least one.
   *
   * @throws ForbiddenTarget if one of them is not public: a name that leads both out and in is no
   *     accident
   */
  public List<InetAddress> of(String host) throws UnknownHostException {
    var addresses = List.of(lookup.all(withoutBrackets(host)));
    if (!privateToo && !addresses.stream().allMatch(TargetAddress::isPublic)) {
      throw new ForbiddenTarget();
    }
    return addresses;
  }

  /** An IPv6 address stands in brackets in a URL. */
  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
