package io.junction.api;

/**
 * A request that must be refused.
 *
 * @param token a token, or whose it is: own, stranger, forged
 * @param field which field the problem names; empty when none is to blame
 */
record BadInput(
    String name,
    String token,
    String method,
    String path,
    String body,
    int status,
    String problem,
    String field) {}
