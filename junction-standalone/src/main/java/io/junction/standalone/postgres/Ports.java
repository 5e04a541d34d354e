package io.junction.standalone.postgres;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.stream.IntStream;

/** Ports of the loopback interface. Looked at first, for Postgres takes long to say "taken". */
public final class Ports {

  /** Below the range that outgoing connections take theirs from, so it is still free next time. */
  private static final int FIRST = 15_432;

  private static final int CANDIDATES = 200;

  private Ports() {}

  /** Refused, with what to do, when another program listens there; 0 is always free. */
  public static void requireFree(int port, String what, String option) {
    if (!isFree(port)) {
      throw new Refusal(
          "Port %d, on which %s was to listen, is taken by another program.".formatted(port, what)
              + "\nChoose another one with %1$s <port>, or any free one with %1$s 0"
                  .formatted(option));
    }
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** The folder's own one of last time, or if that is taken now, another, which is remembered. */
  static int ofDatabase(DataFolder folder) {
    var file = folder.file("postgres.port");
    try {
      if (Files.exists(file)) {
        var text = Files.readString(file).strip();
        if (text.matches("\\d{4,5}") && isFree(Integer.parseInt(text))) {
          return Integer.parseInt(text);
        }
      }
      int port =
          IntStream.range(FIRST, FIRST + CANDIDATES)
              .filter(Ports::isFree)
              .findFirst()
              .orElseThrow(
                  () ->
                      new Refusal(
                          "No port from %d to %d is free for Postgres."
                              .formatted(FIRST, FIRST + CANDIDATES - 1)));
      Files.writeString(file, port + "\n");
      return port;
    } catch (IOException e) {
      throw new Refusal("The file " + file + " cannot be used: " + e, e);
    }
  }
}
