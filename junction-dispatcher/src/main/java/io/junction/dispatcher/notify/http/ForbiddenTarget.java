package io.junction.dispatcher.notify.http;

import java.net.UnknownHostException;

/** A name leads to an address that Junction does not send to; to its clients, as if to none. */
public final class ForbiddenTarget extends UnknownHostException {

  private static final long serialVersionUID = 1;

  ForbiddenTarget() {
    super(
        "the host leads to an address that is not public;"
            + " junction.notifications.allow-private-targets would let it through");
  }
}
