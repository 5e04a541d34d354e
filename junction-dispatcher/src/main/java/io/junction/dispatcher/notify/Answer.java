package io.junction.dispatcher.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a message. */
public sealed interface Answer {

  /** The target has it. */
  record Delivered(String detail) implements Answer {}

  /**
   * It may go better later.
   *
   * @param reason in plain words, without secrets; for whoever looks at the delivery
   * @param after when the target says so
   */
  record Failed(String reason, @Nullable Duration after) implements Answer {}

  /** It will never go: another attempt would be the same. */
  record Refused(String reason) implements Answer {}
}
