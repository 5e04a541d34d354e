package io.junction.api.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The kinds of problem that a client can tell apart; docs/protocol.md, section 2, lists them all.
 */
public enum ProblemType {
  MALFORMED(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  UNKNOWN_FIELD(HttpStatus.BAD_REQUEST, "The request has a field that it must not have"),
  WRONG_TYPE(HttpStatus.BAD_REQUEST, "A field has the wrong type"),
  INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "A field is out of its range"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid token is needed"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "This token does not open this"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path has no such method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is JSON"),
  STALE_HEARTBEAT(HttpStatus.CONFLICT, "A newer heartbeat was already seen"),
  REFUSED(HttpStatus.CONFLICT, "Its state does not allow it"),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json"),
  BUSY(HttpStatus.TOO_MANY_REQUESTS, "One at a time"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Junction has a bug");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  public URI uri() {
    return URI.create("urn:junction:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
