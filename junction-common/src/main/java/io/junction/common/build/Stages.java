package io.junction.common.build;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Stages, read by their build. */
public interface Stages extends Repository<Stage, Long> {

  List<Stage> findByBuildIdOrderByNumber(long buildId);
}
