package io.junction.common.job;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Jobs, read by identity. */
public interface Jobs extends Repository<Job, Long> {

  Optional<Job> findById(long id);

  /** In no particular order; ids that are not there are left out. */
  List<Job> findByIdIn(List<Long> ids);

  List<Job> findByBuildIdOrderById(Long buildId);

  /** The job's payload as JSON text; none when its scheduler wrote none. */
  @Query(value = "SELECT config::text FROM job_configs WHERE job_id = :id", nativeQuery = true)
  Optional<String> configOf(long id);
}
