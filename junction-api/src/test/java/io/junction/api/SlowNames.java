package io.junction.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The JVM's name server, which is as slow as a test wants for the names that it gives. */
public final class SlowNames extends InetAddressResolverProvider {

  private static final Map<String, Question> QUESTIONS = new ConcurrentHashMap<>();

  /**
   * A question that is answered when the test says so; it is asked once, since answers are kept.
   */
  static final class Question {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    void awaitAsked() throws InterruptedException {
      if (!asked.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody asks");
      }
    }

    void answer() {
      answered.countDown();
    }
  }

  static Question of(String host) {
    return QUESTIONS.computeIfAbsent(host, name -> new Question());
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var ordinary = configuration.builtinResolver();
    return new InetAddressResolver() {

      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        var question = QUESTIONS.get(host);
        return question == null ? ordinary.lookupByName(host, policy) : answerTo(host, question);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return ordinary.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> answerTo(String host, Question question)
      throws UnknownHostException {
    question.asked.countDown();
    try {
      if (!question.answered.await(20, TimeUnit.SECONDS)) {
        throw new UnknownHostException(host);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
    return Stream.of(InetAddress.getByAddress(host, new byte[] {93, (byte) 184, (byte) 215, 14}));
  }

  @Override
  public String name() {
    return "slow names";
  }
}
