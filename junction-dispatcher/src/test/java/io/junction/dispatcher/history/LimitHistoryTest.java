package io.junction.dispatcher.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.Binding;
import io.junction.dispatcher.history.LimitHistory.Admission;
import io.junction.dispatcher.history.LimitHistory.Change;
import io.junction.dispatcher.history.LimitHistory.Claim;
import io.junction.dispatcher.history.LimitHistory.End;
import io.junction.dispatcher.history.LimitHistory.Evidence;
import io.junction.dispatcher.history.LimitHistory.Limit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The judge itself: each wrong that could be done stands in a history, and must be found. */
class LimitHistoryTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Limit ACME = new Limit(Binding.Kind.OWNER, "acme");
  private static final Limit DEPLOY = new Limit(Binding.Kind.CONCURRENCY_GROUP, "deploy");
  private static final Change TWO_OF_ACME = Change.first(ACME, 0, 2);

  @Test
  void as_many_as_may_run_are_no_excess() {
    var evidence = judge(List.of(admission(10, "10:10:", 1, 2)), List.of(), TWO_OF_ACME);
    assertThat(evidence.excessCount()).isZero();
    assertThat(evidence.judged()).isEqualTo(1);
    assertThat(evidence.fullest())
        .containsExactly(Map.entry(Binding.Kind.OWNER, new LimitHistory.Fullest(2, 2, 1)));
  }

  @Test
  void one_more_than_may_run_is_found() {
    var evidence = judge(List.of(admission(10, "10:10:", 1, 2, 3)), List.of(), TWO_OF_ACME);
    assertThat(evidence.excesses())
        .containsExactly(
            "transaction 10 left 3 of OWNER acme running (0 public), where 2 might (and 0 public)");
  }

  @Test
  void a_place_that_became_free_just_before_is_another_s() {
    var first = admission(10, "10:10:", 1, 2);
    var second = admission(12, "12:12:", 3);
    assertThat(judge(List.of(second, first), List.of(new End(11, 1)), TWO_OF_ACME).excessCount())
        .isZero();
  }

  @Test
  void an_end_that_the_admission_could_not_see_is_no_excuse() {
    var first = admission(10, "10:10:", 1, 2);
    var second = admission(12, "11:12:11", 3);
    assertThat(judge(List.of(first, second), List.of(new End(11, 1)), TWO_OF_ACME).excessCount())
        .isEqualTo(1);
  }

  @Test
  void a_place_that_becomes_free_once_is_taken_once() {
    var admissions =
        List.of(
            admission(10, "10:10:", 1, 2),
            admission(12, "12:12:", 3),
            admission(13, "13:13:", 4),
            admission(14, "14:14:", 1));
    var ends = List.of(new End(11, 1));
    assertThat(judge(admissions, ends, TWO_OF_ACME).excessCount()).isEqualTo(2);
  }

  @Test
  void two_that_fill_the_last_place_at_the_same_time_are_found() {
    var one = admission(10, "10:10:", 1, 2);
    var other = admission(11, "10:12:10", 3);
    assertThat(judge(List.of(other, one), List.of(), TWO_OF_ACME).excessCount()).isEqualTo(1);
  }

  @Test
  void what_ran_before_a_limit_was_lowered_is_no_excess_and_who_is_let_in_then_is() {
    var lowered = new Change(11, Snapshot.parse("11:11:"), ACME, 0, 1, 0, null);
    var before = admission(10, "10:10:", 1, 2);
    assertThat(judge(List.of(before), List.of(), TWO_OF_ACME, lowered).excessCount()).isZero();
    var after = admission(13, "13:13:", 3);
    assertThat(
            judge(List.of(before, after), List.of(new End(12, 1)), TWO_OF_ACME, lowered)
                .excessCount())
        .isEqualTo(1);
  }

  @Test
  void an_admission_beside_a_change_must_hold_by_both_limits() {
    var lowered = new Change(11, Snapshot.parse("10:11:10"), ACME, 0, 1, 0, null);
    var raised = new Change(11, Snapshot.parse("10:11:10"), ACME, 0, 3, 0, null);
    var two = admission(10, "10:10:", 1, 2);
    var three = admission(10, "10:10:", 1, 2, 3);
    assertThat(judge(List.of(two), List.of(), TWO_OF_ACME, lowered).excessCount()).isEqualTo(1);
    assertThat(judge(List.of(three), List.of(), TWO_OF_ACME, raised).excessCount()).isEqualTo(1);
  }

  @Test
  void a_boost_counts_until_its_time_is_over() {
    var boosted = new Change(9, Snapshot.parse("9:9:"), ACME, 0, 2, 1, NOON.plusMillis(1));
    var over = new Change(9, Snapshot.parse("9:9:"), ACME, 0, 2, 1, NOON);
    var three = List.of(admission(10, "10:10:", 1, 2, 3));
    assertThat(judge(three, List.of(), boosted).excessCount()).isZero();
    assertThat(judge(three, List.of(), over).excessCount()).isEqualTo(1);
  }

  @Test
  void public_jobs_have_places_of_their_own_and_take_no_others_than_these_from_the_rest() {
    var one = Change.first(ACME, 1, 1);
    var publics = claims(true, 1, 2, 3);
    assertThat(judge(publics, List.of(admission(10, "10:10:", 1, 2)), one).excessCount()).isZero();
    assertThat(judge(publics, List.of(admission(10, "10:10:", 1, 2, 3)), one).excessCount())
        .isEqualTo(1);
    assertThat(judge(List.of(admission(10, "10:10:", 1, 2)), List.of(), one).excesses())
        .as("of two that are not public")
        .hasSize(1);
  }

  @Test
  void a_public_job_may_come_beside_more_than_may_run_by_a_lowered_limit() {
    var claims = new HashMap<>(claims(false, 1, 2));
    claims.putAll(claims(true, 3));
    var lowered = new Change(11, Snapshot.parse("11:11:"), ACME, 1, 0, 0, null);
    var admissions = List.of(admission(10, "10:10:", 1, 2), admission(12, "12:12:", 3));
    assertThat(
            LimitHistory.judge(
                    claims, admissions, List.of(), List.of(Change.first(ACME, 1, 2), lowered))
                .excessCount())
        .isZero();
  }

  @Test
  void each_limit_of_a_job_is_judged_by_itself() {
    var claim = new Claim(List.of(ACME, DEPLOY), false);
    var evidence =
        LimitHistory.judge(
            Map.of(1L, claim, 2L, claim),
            List.of(admission(10, "10:10:", 1, 2)),
            List.of(),
            List.of(TWO_OF_ACME, Change.first(DEPLOY, 0, 1)));
    assertThat(evidence.judged()).isEqualTo(2);
    assertThat(evidence.excesses()).singleElement().asString().contains("CONCURRENCY_GROUP deploy");
  }

  @Test
  void a_snapshot_sees_what_had_ended_and_nothing_else() {
    var snapshot = Snapshot.parse("10:20:10,14");
    assertThat(LongStream.of(9, 11, 19).allMatch(snapshot::sees)).isTrue();
    assertThat(LongStream.of(10, 14, 20).anyMatch(snapshot::sees)).isFalse();
    assertThat(snapshot.placeOf(14)).isEqualTo(18);
    assertThat(snapshot.placeOf(11)).isEqualTo(17);
  }

  private static Evidence judge(List<Admission> admissions, List<End> ends, Change... changes) {
    return LimitHistory.judge(claims(false, 1, 2, 3, 4), admissions, ends, List.of(changes));
  }

  private static Evidence judge(
      Map<Long, Claim> claims, List<Admission> admissions, Change... changes) {
    return LimitHistory.judge(claims, admissions, List.of(), List.of(changes));
  }

  private static Map<Long, Claim> claims(boolean isPublic, long... jobs) {
    return LongStream.of(jobs)
        .boxed()
        .collect(Collectors.toMap(job -> job, job -> new Claim(List.of(ACME), isPublic)));
  }

  private static Admission admission(long tx, String seen, long... jobs) {
    return new Admission(tx, Snapshot.parse(seen), NOON, LongStream.of(jobs).boxed().toList());
  }
}
