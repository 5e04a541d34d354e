package io.junction.api.batch;

import java.time.Duration;

/**
 * How requests share transactions.
 *
 * @param maxBatch how many go into one at most
 * @param maxWaiting how many may wait; the next one is refused as unavailable
 * @param linger how long a batch waits for more while there is a crowd: while the batch before it
 *     held several requests
 */
public record Batching(int maxBatch, int maxWaiting, Duration linger) {}
