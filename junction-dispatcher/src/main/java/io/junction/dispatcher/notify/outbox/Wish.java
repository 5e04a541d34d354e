package io.junction.dispatcher.notify.outbox;

import java.util.UUID;

/** An event that a subscription wants. */
record Wish(long event, UUID subscription, long build) {}
