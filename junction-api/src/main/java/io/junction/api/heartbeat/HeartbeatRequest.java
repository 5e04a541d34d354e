package io.junction.api.heartbeat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker sends; docs/protocol.md, section 3.2. */
record HeartbeatRequest(
    @NotNull(message = "is required")
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 1L << 53, message = "must be at most 2^53")
        Long seq,
    @NotNull(message = "is required")
        @Size(max = 10_000, message = "lists at most 10000 assignments")
        List<@Nullable UUID> assignments,
    @Nullable @Size(max = 10_000, message = "has at most 10000 updates")
        List<@Nullable UpdateRequest> updates,
    @Nullable Boolean draining,
    @Nullable
        @Min(value = 0, message = "must be at least 0")
        @Max(value = 600_000, message = "must be at most 600000")
        Long waitMs) {}
