package io.junction.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Turns whatever ends a request into a problem; the only place that catches broadly. */
@RestControllerAdvice
class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler
  ResponseEntity<Object> refused(Refusal refusal, HttpServletRequest request) {
    return answer(refusal.type(), refusal.detail(), refusal.properties(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> unreadable(
      HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refused(refusal, request);
      }
    }
    if (unreadable.getCause() instanceof JacksonException json) {
      var flaw = JsonFlaw.of(json);
      return answer(flaw.type(), flaw.detail(), flaw.properties(), request);
    }
    return answer(
        ProblemType.MALFORMED, "the body is missing or cannot be read", Map.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> invalid(
      MethodArgumentNotValidException invalid, HttpServletRequest request) {
    return invalid(FieldErrors.of(invalid.getBindingResult()), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> invalidParameter(
      HandlerMethodValidationException invalid, HttpServletRequest request) {
    return invalid(FieldErrors.of(invalid), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> mistyped(
      MethodArgumentTypeMismatchException mistyped, HttpServletRequest request) {
    var type = mistyped.getRequiredType();
    var message = "is not a " + (type == null ? "value that fits" : FieldErrors.nameOf(type));
    return answer(
        ProblemType.MALFORMED,
        mistyped.getName() + " " + message,
        ProblemFactory.errors(List.of(new FieldError(mistyped.getName(), message))),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> missing(
      MissingServletRequestParameterException missing, HttpServletRequest request) {
    return invalid(List.of(new FieldError(missing.getParameterName(), "is required")), request);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<Object> nowhere(HttpServletRequest request) {
    return answer(
        ProblemType.NOT_FOUND, "there is no path " + request.getRequestURI(), Map.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> method(
      HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
    var detail = request.getRequestURI() + " has no method " + wrong.getMethod();
    return answer(ProblemType.METHOD_NOT_ALLOWED, detail, Map.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> media(
      HttpMediaTypeNotSupportedException wrong, HttpServletRequest request) {
    var detail = "the body is " + wrong.getContentType() + ", not application/json";
    return answer(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail, Map.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> notAcceptable(
      HttpMediaTypeNotAcceptableException wrong, HttpServletRequest request) {
    return answer(ProblemType.NOT_ACCEPTABLE, "the answer is JSON", Map.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> constraint(
      DataIntegrityViolationException violation, HttpServletRequest request) {
    var constraint = Constraints.nameOf(violation);
    if (constraint == null) {
      return internal(violation, request);
    }
    var sentence = constraint.replace('_', ' ');
    return invalid(List.of(new FieldError("body", "breaks the rule: " + sentence)), request);
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<Object> database(Exception lost, HttpServletRequest request) {
    if (!Constraints.isOutage(lost)) {
      return internal(lost, request);
    }
    log.warn("the database does not answer: {}", Constraints.rootMessage(lost));
    var detail = "the database does not answer; ask again";
    return answer(ProblemType.UNAVAILABLE, detail, Map.of(), request);
  }

  /** The client has gone: there is nobody to answer. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    log.debug("a client left before its answer: {}", gone.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<Object> internal(Exception bug, HttpServletRequest request) {
    var bytes = new byte[6];
    ThreadLocalRandom.current().nextBytes(bytes);
    var trace = HexFormat.of().formatHex(bytes);
    log.error(
        "{} {} ended in a bug, trace {}", request.getMethod(), request.getRequestURI(), trace, bug);
    var detail = "the log has the details under trace " + trace;
    return answer(ProblemType.INTERNAL, detail, Map.of("trace", trace), request);
  }

  private static ResponseEntity<Object> invalid(
      List<FieldError> errors, HttpServletRequest request) {
    var first = errors.getFirst();
    return answer(
        ProblemType.INVALID,
        first.field() + " " + first.message(),
        ProblemFactory.errors(errors),
        request);
  }

  private static ResponseEntity<Object> answer(
      ProblemType type, String detail, Map<String, ?> properties, HttpServletRequest request) {
    return ProblemFactory.answer(type, detail, properties, request.getRequestURI());
  }
}
