package io.junction.api.problem;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes the body and the headers of a problem. */
final class ProblemFactory {

  private static final String RETRY_AFTER_S = "2";

  private ProblemFactory() {}

  static ProblemDetail body(
      ProblemType type, String detail, Map<String, ?> properties, String path) {
    var problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
    problem.setType(type.uri());
    problem.setTitle(type.title());
    problem.setInstance(URI.create(path));
    properties.forEach(problem::setProperty);
    return problem;
  }

  static ResponseEntity<Object> answer(
      ProblemType type, String detail, Map<String, ?> properties, String path) {
    var headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (type == ProblemType.UNAVAILABLE || type == ProblemType.BUSY) {
      headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_S);
    }
    if (type == ProblemType.UNAUTHENTICATED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return new ResponseEntity<>(body(type, detail, properties, path), headers, type.status());
  }

  static Map<String, ?> errors(List<FieldError> errors) {
    return Map.of("errors", errors);
  }
}
