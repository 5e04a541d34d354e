package io.junction.api.problem;

import jakarta.validation.ConstraintViolation;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem. Thrown where a request is refused; nothing has changed by then.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Map<String, Object> properties;

  private Refusal(ProblemType type, String detail, Map<String, Object> properties) {
    super(detail, null, false, false);
    this.type = type;
    this.properties = properties;
  }

  /** A field whose value is out of its range; {@code field} as in {@code assignments[3]}. */
  public static Refusal invalid(String field, String message) {
    return of(ProblemType.INVALID, field, message);
  }

  /** A parameter that cannot be read. */
  public static Refusal malformed(String field, String message) {
    return of(ProblemType.MALFORMED, field, message);
  }

  /** A parameter that the request does not have. */
  public static Refusal unknownField(String field, String message) {
    return of(ProblemType.UNKNOWN_FIELD, field, message);
  }

  private static Refusal of(ProblemType type, String field, String message) {
    return new Refusal(
        type, field + " " + message, Map.of("errors", List.of(new FieldError(field, message))));
  }

  /** A field that breaks its constraint, in an object that stands at this place, or at none. */
  public static Refusal invalid(String place, ConstraintViolation<?> violation) {
    var field = FieldErrors.snakeCase(violation.getPropertyPath().toString());
    return invalid(place.isEmpty() ? field : place + "." + field, violation.getMessage());
  }

  /** What cannot be read at all. */
  public static Refusal malformed(String detail) {
    return new Refusal(ProblemType.MALFORMED, detail, Map.of());
  }

  public static Refusal notFound(String what) {
    return new Refusal(ProblemType.NOT_FOUND, what, Map.of());
  }

  public static Refusal forbidden(String why) {
    return new Refusal(ProblemType.FORBIDDEN, why, Map.of());
  }

  public static Refusal staleHeartbeat(long seq, long lastSeq) {
    return new Refusal(
        ProblemType.STALE_HEARTBEAT,
        "seq " + seq + " is not above the last one seen, " + lastSeq,
        Map.of("last_seq", lastSeq));
  }

  /** What it is about, a job, an assignment or a subscription, is in a state that forbids it. */
  public static Refusal refused(String detail, String state) {
    return new Refusal(ProblemType.REFUSED, detail, Map.of("state", state));
  }

  /** Something else has changed it between a look and the change. */
  public static Refusal refused(String detail) {
    return new Refusal(ProblemType.REFUSED, detail, Map.of());
  }

  public static Refusal tooLarge(long limitBytes) {
    return new Refusal(
        ProblemType.TOO_LARGE, "a body is at most " + limitBytes + " bytes", Map.of());
  }

  /** What is done for one at a time is being done for somebody else. */
  public static Refusal busy(String detail) {
    return new Refusal(ProblemType.BUSY, detail, Map.of());
  }

  public static Refusal unavailable(String detail) {
    return new Refusal(ProblemType.UNAVAILABLE, detail, Map.of());
  }

  ProblemType type() {
    return type;
  }

  Map<String, Object> properties() {
    return properties;
  }

  /** In plain words, what is refused and why. */
  public String detail() {
    var message = getMessage();
    return message == null ? type.title() : message;
  }
}
