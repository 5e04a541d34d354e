package io.junction.api.token;

import io.junction.api.problem.ProblemType;
import io.junction.api.problem.ProblemWriter;
import io.junction.api.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the token of a request and says who asks. */
class TokenFilter extends OncePerRequestFilter {

  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final ProblemWriter problems;

  TokenFilter(Tokens tokens, ProblemWriter problems) {
    this.tokens = tokens;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var token = tokenOf(request);
    if (token != null) {
      Caller caller;
      try {
        caller = tokens.callerWith(token);
      } catch (DataAccessException e) {
        unavailable("the database does not answer; ask again", request, response);
        return;
      } catch (Refusal crowdedOrStopping) {
        unavailable(crowdedOrStopping.detail(), request, response);
        return;
      }
      if (caller == null) {
        problems.write(
            ProblemType.UNAUTHENTICATED, "this token is unknown or revoked", request, response);
        return;
      }
      var authority = new SimpleGrantedAuthority("ROLE_" + caller.role());
      var authentication =
          UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of(authority));
      var context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(authentication);
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  private void unavailable(String why, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.write(ProblemType.UNAVAILABLE, why, request, response);
  }

  private static @Nullable String tokenOf(HttpServletRequest request) {
    var authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return request.getHeader("X-Junction-Token");
  }
}
