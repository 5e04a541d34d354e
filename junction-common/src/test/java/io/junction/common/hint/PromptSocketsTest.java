package io.junction.common.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.PGStream;
import org.postgresql.util.HostSpec;

class PromptSocketsTest {

  private ServerSocket server;
  private Socket socket;
  private Socket peer;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket = new PromptSockets().createSocket();
    socket.connect(server.getLocalSocketAddress());
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    socket.close();
    server.close();
  }

  /** Should this fail after an upgrade, see decision 0014: the driver has found another way. */
  @Test
  void the_driver_still_glances_for_a_millisecond() throws IOException {
    var timeouts = new ArrayList<Integer>();
    var recording =
        new PromptSockets() {
          @Override
          public Socket createSocket() {
            return new Socket() {
              @Override
              public void setSoTimeout(int timeout) throws SocketException {
                timeouts.add(timeout);
                super.setSoTimeout(timeout);
              }
            };
          }
        };
    var host = new HostSpec(server.getInetAddress().getHostAddress(), server.getLocalPort());
    try (var stream = new PGStream(recording, host, 10_000, 8192)) {
      timeouts.clear();
      assertThat(stream.hasMessagePending()).isFalse();
    }
    assertThat(timeouts).startsWith(1);
  }

  @Test
  void the_drivers_glance_is_answered_without_waiting() throws IOException {
    socket.setSoTimeout(1);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read(new byte[8], 0, 8))
        .withMessage("nothing has come yet");
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read())
        .withMessage("nothing has come yet");
  }

  @Test
  void what_has_come_is_read_by_a_glance() throws IOException {
    peer.getOutputStream().write(new byte[] {1, 2, 3});
    var in = socket.getInputStream();
    assertThat(in.read()).isEqualTo(1); // waits for all of them
    socket.setSoTimeout(1);
    assertThat(in.read(new byte[8], 0, 8)).isEqualTo(2);
  }

  @Test
  void any_other_time_is_waited_for() throws IOException {
    socket.setSoTimeout(2);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read())
        .withMessageNotContaining("nothing has come yet");
  }
}
