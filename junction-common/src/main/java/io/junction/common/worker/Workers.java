package io.junction.common.worker;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Workers, read by identity. */
public interface Workers extends Repository<Worker, UUID> {

  Optional<Worker> findById(UUID id);
}
