package io.junction.dispatcher.notify.irc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An IRC server on loopback as RFC 2812 has it, as far as a visitor sees: registration with a
 * password, capabilities and a ping in between, names that are taken, channels with and without a
 * key in which only those speak who are there.
 */
final class FakeIrc implements AutoCloseable {

  /** What it is like. */
  record Manners(@Nullable String password, Set<String> takenNicks, Set<String> closedChannels) {

    static final Manners OPEN = new Manners(null, Set.of(), Set.of());
  }

  static final String KEY = "sesame";

  private final ServerSocket server;
  private final Manners manners;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch left = new CountDownLatch(1);

  FakeIrc(ServerSocket server, Manners manners) {
    this.server = server;
    this.manners = manners;
    Thread.ofVirtual().start(this::accept);
  }

  FakeIrc(Manners manners) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manners);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was said to it, after the visitor has left. */
  List<String> heard() throws InterruptedException {
    if (!left.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the visitor stays: " + heard);
    }
    return List.copyOf(heard);
  }

  /** Whether anybody has come. */
  boolean visited() {
    return !heard.isEmpty();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> receive(socket));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private void receive(Socket socket) {
    try (socket) {
      new Session(socket).run();
    } catch (IOException e) {
      // The visitor went without a word.
    } finally {
      left.countDown();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private final class Session {

    private final Socket socket;
    private final Set<String> joined = new HashSet<>();
    private String nick = "*";
    private boolean user;
    private boolean negotiating;
    private boolean admitted;
    private boolean asked;
    private boolean registered;

    Session(Socket socket) {
      this.socket = socket;
      this.admitted = manners.password() == null;
    }

    void run() throws IOException {
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      var reader = new BufferedReader(in);
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        heard.add(line);
        if (!take(line.split(" ", 3))) {
          return;
        }
      }
    }

    /** False when it is over. */
    private boolean take(String[] words) throws IOException {
      switch (words[0].toUpperCase(Locale.ROOT)) {
        case "CAP" -> capabilities(words[1]);
        case "PASS" -> admitted = admitted || plain(words[1]).equals(manners.password());
        case "NICK" -> nick(plain(words[1]));
        case "USER" -> user = true;
        case "PONG" -> {
          if (plain(words[1]).equals("cookie") && !registered) {
            welcome();
          }
        }
        case "PING" -> send(":irc.test PONG irc.test :" + plain(words[1]));
        case "JOIN" -> join(words[1], words.length > 2 ? words[2] : "");
        case "PART" -> part(words[1]);
        case "PRIVMSG" -> spoken(words[1]);
        case "NOTICE" -> {} // nobody answers a notice
        case "QUIT" -> {
          send("ERROR :Closing Link");
          return false;
        }
        default -> send(":irc.test 421 " + nick + " " + words[0] + " :Unknown command");
      }
      return register();
    }

    private void capabilities(String what) throws IOException {
      negotiating = !what.equals("END");
      if (what.equals("LS")) {
        send(":irc.test CAP * LS :");
      }
    }

    private void nick(String wish) throws IOException {
      if (manners.takenNicks().contains(wish)) {
        send(":irc.test 433 * " + wish + " :Nickname is already in use.");
      } else {
        nick = wish;
      }
    }

    private boolean register() throws IOException {
      if (registered || negotiating || !user || nick.equals("*")) {
        return true;
      }
      if (!admitted) {
        send(":irc.test 464 " + nick + " :Password incorrect");
        send("ERROR :Closing Link");
        return false;
      }
      if (!asked) {
        asked = true;
        send("PING :cookie");
      }
      return true;
    }

    private void welcome() throws IOException {
      registered = true;
      send(":irc.test 001 " + nick + " :Welcome to the Internet Relay Network " + nick);
      send(":irc.test 002 " + nick + " :Your host is irc.test, running version 1");
      send(":irc.test 003 " + nick + " :This server was created in 2026");
      send(":irc.test 004 " + nick + " irc.test 1 io klmnst");
      send(":irc.test 005 " + nick + " CHANTYPES=# PREFIX=(ov)@+ :are supported by this server");
      send(":irc.test 422 " + nick + " :MOTD File is missing");
    }

    private void join(String channel, String key) throws IOException {
      if (manners.closedChannels().contains(channel) && !plain(key).equals(KEY)) {
        send(":irc.test 475 " + nick + " " + channel + " :Cannot join channel (+k)");
        return;
      }
      joined.add(channel);
      send(":" + nick + "!junction@127.0.0.1 JOIN " + channel);
      send(":irc.test 353 " + nick + " = " + channel + " :" + nick);
      send(":irc.test 366 " + nick + " " + channel + " :End of /NAMES list.");
    }

    private void part(String channel) throws IOException {
      if (joined.remove(channel)) {
        send(":" + nick + "!junction@127.0.0.1 PART " + channel);
      } else {
        send(":irc.test 442 " + nick + " " + channel + " :You're not on that channel");
      }
    }

    private void spoken(String channel) throws IOException {
      if (!joined.contains(channel)) {
        send(":irc.test 404 " + nick + " " + channel + " :Cannot send to channel");
      }
    }

    private void send(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String word) {
      return word.startsWith(":") ? word.substring(1) : word;
    }
  }
}
