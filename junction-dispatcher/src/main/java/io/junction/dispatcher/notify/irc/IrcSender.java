package io.junction.dispatcher.notify.irc;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.http.CheckedAddresses;
import io.junction.dispatcher.notify.http.Failures;
import io.junction.dispatcher.notify.http.ForbiddenTarget;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.Client.Builder.Server.SecurityType;
import org.kitteh.irc.client.library.defaults.feature.DefaultActorTracker;
import org.kitteh.irc.client.library.feature.sending.SingleDelaySender;

/**
 * Visits an IRC server and says a message's lines in its channels.
 *
 * <p>Failure: all is over after twice the timeout of a request, whatever the server does.
 */
final class IrcSender implements Sender, AutoCloseable {

  /** Between two lines, so that no server takes them for a flood. */
  private static final int PAUSE_MS = 50;

  private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cc},:][^\\s\\p{Cc},]*");
  private static final Pattern PASSWORD = Pattern.compile("[^\\s\\p{Cc}:][^\\s\\p{Cc}]*");
  private static final Pattern CHANNEL = Pattern.compile("[#&][^\\s\\p{Cc},]{1,199}");

  private final CheckedAddresses addresses;
  private final Duration timeout;
  private final @Nullable TrustManagerFactory trusted;
  private final AtomicLong visits = new AtomicLong();
  private final ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Who visits with these.
   *
   * @param trusted whom TLS trusts; null: whom the JDK trusts
   */
  IrcSender(CheckedAddresses addresses, Duration timeout, @Nullable TrustManagerFactory trusted) {
    this.addresses = addresses;
    this.timeout = timeout;
    this.trusted = trusted;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.IRC;
  }

  @Override
  public Answer send(Message message) {
    if (!(message.target() instanceof Target.Irc target)) {
      return new Answer.Refused("this is no IRC server");
    }
    if (!isSpoken(target)) {
      return new Answer.Refused("a word of the subscription would be a command to the server");
    }
    var heard = new Heard(timeout.multipliedBy(2));
    try {
      return visit(target, lookUp(target.server()), heard, message);
    } catch (ForbiddenTarget e) {
      return new Answer.Refused(Failures.words(e, timeout));
    } catch (UnknownHostException e) {
      return new Answer.Failed(Failures.words(e, timeout), null);
    } catch (TimeoutException e) {
      return new Answer.Failed("the host's name is not told in time", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Failed("the dispatcher was stopped meanwhile", null);
    }
  }

  /** Nothing in it ends a line, a word or a list of channels. */
  private static boolean isSpoken(Target.Irc target) {
    return !target.channels().isEmpty()
        && target.channels().stream().allMatch(channel -> CHANNEL.matcher(channel).matches())
        && Stream.of(target.server(), target.nick()).allMatch(word -> WORD.matcher(word).matches())
        && (target.channelKey() == null || WORD.matcher(target.channelKey()).matches())
        && (target.password() == null || PASSWORD.matcher(target.password()).matches());
  }

  private InetAddress lookUp(String host)
      throws UnknownHostException, TimeoutException, InterruptedException {
    var found = lookups.submit(() -> addresses.of(host));
    try {
      return found.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getFirst();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException("looking up a name failed by a bug", e);
    } finally {
      found.cancel(true);
    }
  }

  private Answer visit(Target.Irc target, InetAddress address, Heard heard, Message message)
      throws InterruptedException {
    var client = client(target, address, heard);
    try {
      client.getEventManager().registerEventListener(heard);
      var lines = IrcLines.of(message.news(), target.templates());
      return new Visit(client, heard, target).say(lines);
    } finally {
      Farewell.bid(client);
    }
  }

  private Client client(Target.Irc target, InetAddress address, Heard heard) {
    var server =
        Client.builder()
            .name("junction-" + visits.incrementAndGet())
            .nick(target.nick())
            .user("junction")
            .realName("Junction")
            .management()
            .networkHandler(new PinnedNetwork(address))
            .messageSendingQueueSupplier(SingleDelaySender.getSupplier(PAUSE_MS))
            .actorTracker(IrcSender::incurious)
            .then()
            .listeners()
            .exception(heard::troubled)
            .then()
            .server()
            .host(target.server())
            .port(target.port(), target.tls() ? SecurityType.SECURE : SecurityType.INSECURE);
    if (target.password() != null) {
      server.password(target.password());
    }
    if (trusted != null) {
      server.secureTrustManagerFactory(trusted);
    }
    return server.then().build();
  }

  /** Does not ask who else is in a channel. */
  private static DefaultActorTracker incurious(Client.WithManagement client) {
    var tracker = new DefaultActorTracker(client);
    tracker.setQueryChannelInformation(false);
    return tracker;
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
