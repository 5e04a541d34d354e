package io.junction.api.worker;

import java.util.UUID;

/** What a worker was given; the token is shown this once. */
record RegisterResponse(
    UUID id,
    String token,
    String queue,
    long heartbeatIntervalMs,
    long maxWaitMs,
    long maxIdleWaitMs,
    long leaseMs) {}
