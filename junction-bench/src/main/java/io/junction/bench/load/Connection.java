package io.junction.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * One kept-alive HTTP/1.1 connection: asks, waits, answers.
 *
 * <p>It knows no more of HTTP than Junction's answers need, and costs a tenth of a client that
 * does: the load must not be what is measured. Concurrency: one thread at a time, best a virtual
 * one. Failure: an answer that it does not understand is an IOException.
 */
public final class Connection implements AutoCloseable {

  private static final int FIRST_BUFFER = 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String host;
  private final int port;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int read;

  /** Connects at once. */
  public Connection(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Sends a request with a JSON body, which may be empty, and waits for the whole answer. */
  Answer send(String method, String path, String token, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        (method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + ":"
                + port
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    var request = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, request, head.length, bytes.length);
    out.write(request);
    return receive();
  }

  private Answer receive() throws IOException {
    read = 0;
    int end = endOfHead();
    var head = new String(buffer, 0, end, StandardCharsets.US_ASCII);
    int status = Integer.parseInt(head.substring(9, 12));
    int length = lengthIn(head);
    if (length >= 0) {
      while (read < end + length) {
        fill();
      }
      return new Answer(status, buffer, end, length);
    }
    int joined = joinChunks(end); // which may need another buffer
    return new Answer(status, buffer, end, joined);
  }

  /** Where the body begins. */
  private int endOfHead() throws IOException {
    int from = 0;
    while (true) {
      for (int i = from; i + 3 < read; i++) {
        if (buffer[i] == '\r' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
          return i + 4;
        }
      }
      from = Math.max(0, read - 3);
      fill();
    }
  }

  /** The length of the body; -1 when it comes in chunks. */
  private static int lengthIn(String head) {
    for (var line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        return Integer.parseInt(line.substring(15).strip());
      }
      if (line.regionMatches(true, 0, "Transfer-Encoding:", 0, 18)) {
        return -1;
      }
    }
    return 0; // as of a 204
  }

  /** Moves the chunks together; the length of the body that they make. */
  private int joinChunks(int start) throws IOException {
    int from = start;
    int to = start;
    while (true) {
      int lineEnd = endOfLine(from);
      int size =
          Integer.parseInt(new String(buffer, from, lineEnd - from, StandardCharsets.US_ASCII), 16);
      int chunk = lineEnd + 2;
      while (read < chunk + size + 2) {
        fill();
      }
      if (size == 0) {
        return to - start;
      }
      System.arraycopy(buffer, chunk, buffer, to, size);
      to += size;
      from = chunk + size + 2;
    }
  }

  private int endOfLine(int from) throws IOException {
    int i = from;
    while (true) {
      for (; i < read; i++) {
        if (buffer[i] == '\r') {
          return i;
        }
      }
      fill();
    }
  }

  private void fill() throws IOException {
    if (read == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n = in.read(buffer, read, buffer.length - read);
    if (n < 0) {
      throw new EOFException("the server closed the connection");
    }
    read += n;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
