package io.junction.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.junction.api.ApiProperties;
import io.junction.api.batch.Batching;
import io.junction.api.problem.ProblemType;
import io.junction.api.problem.ProblemWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

class TokenFilterTest {

  private static final WorkerToken TOKEN = WorkerToken.create(UUID.randomUUID());

  private final TokenStatements statements = mock(TokenStatements.class);
  private final ProblemWriter problems = mock(ProblemWriter.class);
  private final MockFilterChain behind = new MockFilterChain();
  private final Tokens tokens = tokens();
  private final TokenFilter filter = new TokenFilter(tokens, problems);

  private Tokens tokens() {
    var limits = mock(ApiProperties.class);
    when(limits.batching()).thenReturn(new Batching(10, 10, Duration.ZERO));
    return new Tokens(
        new TokenProperties(List.of(), List.of(), List.of(), List.of()), statements, limits);
  }

  @AfterEach
  void close() {
    tokens.close();
    SecurityContextHolder.clearContext();
  }

  @Test
  void a_workers_token_passes() throws Exception {
    when(statements.hashes(any())).thenReturn(Map.of(TOKEN.worker(), TOKEN.hash()));
    ask();
    verifyNoInteractions(problems);
    assertThat(behind.getRequest()).isNotNull();
  }

  @Test
  void an_unknown_token_is_not_known() throws Exception {
    when(statements.hashes(any())).thenReturn(Map.of());
    ask();
    assertRefused(ProblemType.UNAUTHENTICATED, "this token is unknown or revoked");
  }

  @Test
  void a_database_that_does_not_answer_is_named() throws Exception {
    when(statements.hashes(any())).thenThrow(new DataAccessResourceFailureException("away"));
    ask();
    assertRefused(ProblemType.UNAVAILABLE, "the database does not answer; ask again");
  }

  @Test
  void a_copy_that_stops_does_not_blame_the_database() throws Exception {
    tokens.close();
    ask();
    assertRefused(ProblemType.UNAVAILABLE, "Junction is stopping");
  }

  private void ask() throws Exception {
    var request = new MockHttpServletRequest();
    request.addHeader("Authorization", "Bearer " + TOKEN.text());
    filter.doFilter(request, new MockHttpServletResponse(), behind);
  }

  private void assertRefused(ProblemType type, String why) throws Exception {
    verify(problems).write(eq(type), eq(why), any(), any());
    assertThat(behind.getRequest()).isNull();
  }
}
