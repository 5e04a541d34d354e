package io.junction.dispatcher.notify.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A peer on loopback that does with each connection what a test wants, proper or not. */
public final class RawTarget implements AutoCloseable {

  /** What it does with a connection; the connection ends with the target, not before. */
  @FunctionalInterface
  public interface Manners {

    void treat(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  public RawTarget(Manners manners) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(manners));
  }

  private void accept(Manners manners) {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> treat(manners, socket));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private static void treat(Manners manners, Socket socket) {
    try {
      manners.treat(socket);
    } catch (IOException e) {
      // The other side went away, as it may.
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
