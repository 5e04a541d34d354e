package io.junction.common.build;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Builds, read by identity. */
public interface Builds extends Repository<Build, Long> {

  Optional<Build> findById(long id);

  /** In no particular order; ids that are not there are left out. */
  List<Build> findByIdIn(List<Long> ids);

  /** The build's config as JSON text; none when its creator gave none. */
  @Query(value = "SELECT config::text FROM build_configs WHERE build_id = :id", nativeQuery = true)
  Optional<String> configOf(long id);
}
