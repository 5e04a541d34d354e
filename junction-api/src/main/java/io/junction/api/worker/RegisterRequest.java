package io.junction.api.worker;

import io.junction.api.json.JsonObject;
import io.junction.common.queue.QueueName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker that introduces itself; docs/protocol.md, section 3.1. */
record RegisterRequest(
    @NotNull(message = "is required")
        @Pattern(regexp = QueueName.PATTERN, message = "must match " + QueueName.PATTERN)
        String queue,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String name,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String version,
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 10_000, message = "must be at most 10000")
        Integer maxJobCount,
    @Nullable JsonObject attributes,
    @NotNull(message = "is required")
        @Min(value = 1, message = "must be 1")
        @Max(value = 1, message = "must be 1")
        Integer protocol,
    @Nullable UUID replaces) {}
