package io.junction.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.worker.client.Update;
import io.junction.worker.client.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  @Test
  void an_update_stays_until_it_has_a_verdict_whichever() {
    var id = UUID.randomUUID();
    outbox.add(Update.receive(id, Instant.EPOCH));
    outbox.add(Update.start(id, Instant.EPOCH));
    outbox.answered(List.of(new Verdict(id, "start", "refused", "canceled")));
    assertThat(outbox.batch()).containsExactly(Update.receive(id, Instant.EPOCH));
    outbox.answered(List.of(new Verdict(UUID.randomUUID(), "receive", "applied", null)));
    assertThat(outbox.isEmpty()).isFalse();
    outbox.answered(List.of(new Verdict(id, "receive", "applied", null)));
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void a_batch_fits_into_a_request_and_the_ends_beyond_it_are_still_listed() {
    var result = JsonNodeFactory.instance.objectNode().put("stdout", "x".repeat(60_000));
    var ids = Stream.generate(UUID::randomUUID).limit(300).toList();
    ids.forEach(id -> outbox.add(Update.finish(id, "passed", Instant.EPOCH, null, result)));
    var batch = outbox.batch();
    assertThat(batch).hasSizeBetween(50, 150);
    assertThat(outbox.endsBeyond(batch))
        .containsExactlyInAnyOrderElementsOf(ids.subList(batch.size(), 300));
  }
}
