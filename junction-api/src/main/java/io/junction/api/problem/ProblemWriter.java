package io.junction.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where no controller has been reached yet. */
@Component
public class ProblemWriter {

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  public void write(
      ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var answer = ProblemFactory.answer(type, detail, Map.of(), request.getRequestURI());
    response.setStatus(type.status().value());
    answer.getHeaders().forEach((name, values) -> values.forEach(v -> response.setHeader(name, v)));
    response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), answer.getBody());
  }
}
