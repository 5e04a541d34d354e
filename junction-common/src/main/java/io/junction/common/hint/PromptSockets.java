package io.junction.common.hint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets for a connection that hears notifications.
 *
 * <p>Having read one notification, the driver waits 1 ms for another before it hands over the first
 * ({@code PGStream.hasMessagePending} of pgJDBC 42.7), which was a third of a job's way to its
 * worker. These sockets do not wait so shortly: what has come is read, and what has not is left to
 * the next call. The driver makes the factory by its name, hence public.
 */
public class PromptSockets extends SocketFactory {

  /** The time-out that the driver sets for that, and for nothing else. */
  private static final int DRIVERS_GLANCE_MS = 1;

  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connectedByTheDriver();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connectedByTheDriver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connectedByTheDriver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connectedByTheDriver();
  }

  private static Socket connectedByTheDriver() {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }

  private static final class PromptSocket extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new PromptInput(super.getInputStream());
    }

    private final class PromptInput extends FilterInputStream {

      PromptInput(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        glance();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        glance();
        return in.read(bytes, from, most);
      }

      private void glance() throws IOException {
        if (getSoTimeout() == DRIVERS_GLANCE_MS && in.available() == 0) {
          throw new SocketTimeoutException("nothing has come yet");
        }
      }
    }
  }
}
