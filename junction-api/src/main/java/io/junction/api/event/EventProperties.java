package io.junction.api.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set of the stream of events.
 *
 * @param streams how many one copy holds at a time, the next is answered 503; default 100, 0 to
 *     10,000
 * @param poll how long a new event may wait until it is found; default 250 ms, 10 ms to 1 min
 * @param heartbeat after how long without an event a stream says that it is alive; default 15 s,
 *     100 ms to 10 min
 */
@Validated
@ConfigurationProperties("junction.events")
public record EventProperties(
    @DefaultValue("100") @Min(0) @Max(10_000) int streams,
    @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration poll,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration heartbeat) {}
