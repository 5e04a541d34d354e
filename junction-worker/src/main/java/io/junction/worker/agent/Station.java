package io.junction.worker.agent;

import io.junction.worker.client.JunctionClient;
import io.junction.worker.executor.Executors;

/** What outlives a registration. All but the mailbox belong to the agent's thread. */
record Station(
    WorkerOptions options,
    JunctionClient client,
    Executors executors,
    Mailbox mailbox,
    Contact contact,
    Drain drain) {}
