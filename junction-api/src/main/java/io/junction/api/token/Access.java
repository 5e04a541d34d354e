package io.junction.api.token;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import io.junction.api.problem.ProblemType;
import io.junction.api.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;

/** Which role opens which path. */
@Configuration(proxyBeanMethods = false)
class Access {

  private static final String[] ANYONE = {
    "/actuator/health",
    "/actuator/health/**",
    "/v3/api-docs",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml"
  };

  /** A request is observed once, as {@code http.server.requests}; each filter of its way is not. */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  // What keeps sessions is left out: every request brings its token.
  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http, Tokens tokens, ProblemWriter problems) {
    return http.csrf(csrf -> csrf.disable())
        .sessionManagement(sessions -> sessions.disable())
        .servletApi(principals -> principals.disable())
        .requestCache(cache -> cache.disable())
        .securityContext(
            context -> context.securityContextRepository(new NullSecurityContextRepository()))
        .anonymous(anonymous -> anonymous.disable())
        .logout(logout -> logout.disable())
        .addFilterBefore(
            new TokenFilter(tokens, problems), UsernamePasswordAuthenticationFilter.class)
        .exceptionHandling(
            refused ->
                refused
                    .authenticationEntryPoint(
                        (request, response, e) ->
                            problems.write(
                                ProblemType.UNAUTHENTICATED,
                                "send Authorization: Bearer <token>",
                                request,
                                response))
                    .accessDeniedHandler(
                        (request, response, e) ->
                            problems.write(
                                ProblemType.FORBIDDEN,
                                "this token does not open "
                                    + request.getMethod()
                                    + " "
                                    + request.getRequestURI(),
                                request,
                                response)))
        .authorizeHttpRequests(
            paths ->
                paths
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(ANYONE)
                    .permitAll()
                    .requestMatchers(POST, "/v1/workers")
                    .hasRole("WORKER")
                    .requestMatchers(POST, "/v1/workers/{id}/heartbeat")
                    .access(itselfOr())
                    .requestMatchers("/v1/assignments/**")
                    .hasRole("REGISTERED_WORKER")
                    .requestMatchers(DELETE, "/v1/workers/{id}")
                    .access(itselfOr(Role.OPERATOR))
                    .requestMatchers(GET, "/v1/workers/{id}")
                    .access(itselfOr(Role.SCHEDULER, Role.OPERATOR, Role.READER))
                    .requestMatchers(
                        POST, "/v1/jobs", "/v1/jobs/*/cancel", "/v1/jobs/*/restart", "/v1/ping")
                    .hasAnyRole("SCHEDULER", "OPERATOR")
                    .requestMatchers(
                        POST, "/v1/builds", "/v1/builds/*/cancel", "/v1/builds/*/restart")
                    .hasAnyRole("SCHEDULER", "OPERATOR")
                    .requestMatchers("/jobs/*/state", "/jobs/*/events")
                    .hasAnyRole("REGISTERED_WORKER", "ASSIGNMENT")
                    .requestMatchers(POST, "/v1/subscriptions", "/v1/subscriptions/**")
                    .hasAnyRole("SCHEDULER", "OPERATOR")
                    .requestMatchers(PATCH, "/v1/subscriptions/*")
                    .hasAnyRole("SCHEDULER", "OPERATOR")
                    .requestMatchers(DELETE, "/v1/subscriptions/*")
                    .hasAnyRole("SCHEDULER", "OPERATOR")
                    .requestMatchers(POST, "/v1/queue-rules/test")
                    .hasAnyRole("SCHEDULER", "OPERATOR", "READER")
                    .requestMatchers(POST, "/v1/simulate")
                    .hasAnyRole("OPERATOR", "READER")
                    .requestMatchers(GET, "/v1/**")
                    .hasAnyRole("SCHEDULER", "OPERATOR", "READER")
                    .requestMatchers("/actuator/**")
                    .hasAnyRole("OPERATOR", "READER")
                    .anyRequest()
                    .hasRole("OPERATOR"))
        .build();
  }

  /** The worker that the path names, or one of these roles. */
  private static AuthorizationManager<RequestAuthorizationContext> itselfOr(Role... roles) {
    var others = List.of(roles);
    return (authentication, context) -> {
      var who = authentication.get();
      return new AuthorizationDecision(
          who != null
              && who.getPrincipal() instanceof Caller caller
              && (others.contains(caller.role()) || caller.is(idIn(context.getVariables()))));
    };
  }

  private static String idIn(Map<String, String> variables) {
    return variables.getOrDefault("id", "");
  }
}
