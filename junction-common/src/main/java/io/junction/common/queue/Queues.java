package io.junction.common.queue;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The queues that have a row, read one by one or in the order of their names. */
public interface Queues extends Repository<Queue, String> {

  Optional<Queue> findByName(String name);

  List<Queue> findByNameGreaterThanOrderByName(String after, Limit limit);
}
