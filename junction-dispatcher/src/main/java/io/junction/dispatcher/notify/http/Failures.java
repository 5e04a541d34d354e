package io.junction.dispatcher.notify.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in plain words why there was no answer. No word of it is the target's own, nor its URL. */
public final class Failures {

  private Failures() {}

  /** What came of a request that ended like this. */
  static Reply reply(Throwable failure, Duration timeout) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ForbiddenTarget forbidden) {
        return new Reply.Forbidden(String.valueOf(forbidden.getMessage()));
      }
    }
    return new Reply.Unreached(words(failure, timeout));
  }

  /** Why a connection came to nothing. */
  public static String words(Throwable failure, Duration timeout) {
    return switch (failure) {
      case ForbiddenTarget forbidden -> String.valueOf(forbidden.getMessage());
      case UnknownHostException e -> "the host's name leads nowhere";
      case ConnectTimeoutException e -> "no connection within " + timeout.toMillis() + " ms";
      case SocketTimeoutException e -> "no answer within " + timeout.toMillis() + " ms";
      case ConnectException e -> "the connection was refused";
      case SSLException e -> "TLS failed: the certificate is not trusted, or of another host";
      case NoHttpResponseException e -> "the target closed the connection without an answer";
      case SocketException e -> "the connection broke";
      case HttpException e -> "the answer is not HTTP";
      case IOException e -> "the connection broke: " + e.getClass().getSimpleName();
      default -> "sending failed by a bug: " + failure.getClass().getSimpleName();
    };
  }
}
