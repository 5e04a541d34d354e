package io.junction.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.demo.DemoJob.Door;
import io.junction.standalone.demo.DemoJob.Expected;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DemoJobsTest {

  private final List<DemoJob> jobs = DemoJobs.withDiary(Path.of("/tmp/diary"));

  @Test
  void there_are_24_in_two_queues_through_two_doors() {
    assertThat(jobs).hasSize(24);
    assertThat(count(job -> job.queue().equals(DemoJobs.BUILD))).isEqualTo(16);
    assertThat(count(job -> job.queue().equals(DemoJobs.DEPLOY))).isEqualTo(8);
    assertThat(count(job -> job.door() == Door.SQL)).isEqualTo(4);
    assertThat(jobs.stream().map(DemoJob::name).distinct()).hasSize(24);
  }

  @Test
  void one_fails_one_times_out_and_the_rest_pass() {
    assertThat(count(job -> job.expected() == Expected.FAILS)).isOne();
    assertThat(count(job -> job.expected() == Expected.TIMES_OUT && job.timeoutMs() != null))
        .isOne();
    assertThat(count(job -> job.expected() == Expected.PASSES)).isEqualTo(22);
  }

  @Test
  void more_are_an_owner_s_than_it_may_run_and_it_has_slots_for_them() {
    assertThat(count(job -> DemoJobs.OWNER.equals(job.owner())))
        .isEqualTo(6)
        .isGreaterThan(DemoJobs.MAX_RUNNING);
    assertThat(jobs)
        .filteredOn(job -> job.owner() != null)
        .allMatch(job -> job.queue().equals(DemoJobs.BUILD));
  }

  @Test
  void what_comes_by_sql_needs_nothing_but_a_queue_and_a_config() {
    assertThat(jobs).filteredOn(job -> job.door() == Door.SQL).allMatch(j -> j.timeoutMs() == null);
  }

  private long count(Predicate<DemoJob> which) {
    return jobs.stream().filter(which).count();
  }
}
