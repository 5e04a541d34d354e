package io.junction.common.limit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code junction.limits.*}: what holds for owners of whom nothing else is said. The API and the
 * dispatcher are given the same.
 *
 * @param owner Jobs of an owner that are queued, received or started at a time, -1 (any number) to
 *     1,000,000. Default -1.
 * @param ofPublic Public jobs of an owner beside these, -1 (any number) to 1,000,000. Default 0.
 * @param plans The same as owner, by the name of a plan. Default none.
 */
@Validated
@ConfigurationProperties("junction.limits")
public record LimitProperties(
    @DefaultValue("-1") @Min(-1) @Max(1_000_000) int owner,
    @DefaultValue("0") @Min(-1) @Max(1_000_000) int ofPublic,
    @DefaultValue Map<String, @Valid @Min(-1) @Max(1_000_000) Integer> plans) {

  public LimitProperties {
    plans = Map.copyOf(plans);
  }
}
