package io.junction.dispatcher.notify.deliver;

import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process may send until its claim ends.
 *
 * @param attempt its fence
 * @param message null when there is nothing that could be sent
 * @param flaw why not
 */
record Claimed(
    UUID id, int attempt, TargetKind kind, @Nullable Message message, @Nullable Flaw flaw) {

  /**
   * What keeps it from being sent.
   *
   * @param lasting whether another attempt would be the same
   */
  record Flaw(String reason, boolean lasting) {}
}
