package io.junction.api.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** What can be set of a queue; a capacity of null means as many as the workers' slots. */
record QueueRequest(
    @Nullable
        @Min(value = 0, message = "must be at least 0")
        @Max(value = 1_000_000, message = "must be at most 1000000")
        Integer capacity) {}
