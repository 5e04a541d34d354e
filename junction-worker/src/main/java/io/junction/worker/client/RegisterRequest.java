package io.junction.worker.client;

import java.util.Map;

/** What a worker says of itself when it registers (protocol 3.1). */
public record RegisterRequest(
    String queue,
    String name,
    String version,
    int maxJobCount,
    Map<String, String> attributes,
    int protocol) {}
