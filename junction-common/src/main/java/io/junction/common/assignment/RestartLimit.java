package io.junction.common.assignment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a job may be restarted before it ends errored, whatever its own {@code max_attempts}
 * still allows; {@code junction.restarts.*}, of the API and of the dispatcher alike.
 *
 * @param most Attempts of one job that may end without a result, 1 to 1,000. Default 50.
 * @param within The time in which they are counted, 1 h to 30 d. Default 6 h.
 */
@Validated
@ConfigurationProperties("junction.restarts")
public record RestartLimit(
    @DefaultValue("50") @Min(1) @Max(1_000) int most,
    @DefaultValue("6h") @DurationMin(hours = 1) @DurationMax(days = 30) Duration within) {}
