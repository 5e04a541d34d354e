package io.junction.api.heartbeat;

/**
 * What a heartbeat is answered.
 *
 * @param crowded whether there was no place to hold it
 */
record Answer(Reply.Heard heard, boolean crowded) {}
