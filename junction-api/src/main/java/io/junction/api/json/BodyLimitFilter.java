package io.junction.api.json;

import io.junction.api.ApiProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds every body before anything reads it. */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

  private final long limit;

  BodyLimitFilter(ApiProperties properties) {
    this.limit = properties.maxBody().toBytes();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new BodyLimit(request, limit), response);
  }
}
