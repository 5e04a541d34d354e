package io.junction.common.assignment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Assignments, read by identity or as the history of a job. */
public interface Assignments extends Repository<Assignment, UUID> {

  Optional<Assignment> findById(UUID id);

  List<Assignment> findByJobIdOrderByIdDesc(long jobId, Limit limit);
}
