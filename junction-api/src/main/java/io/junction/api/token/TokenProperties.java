package io.junction.api.token;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The tokens of the roles. Each is a list, so that a token can be replaced while both are in use.
 * At least 16 characters each; there are no defaults.
 *
 * @param worker {@code JUNCTION_TOKENS_WORKER}: with it workers register
 * @param scheduler {@code JUNCTION_TOKENS_SCHEDULER}
 * @param operator {@code JUNCTION_TOKENS_OPERATOR}
 * @param reader {@code JUNCTION_TOKENS_READER}: may be left out, then nobody has that role
 */
@Validated
@ConfigurationProperties("junction.tokens")
public record TokenProperties(
    @NotEmpty(message = "set JUNCTION_TOKENS_WORKER")
        List<@Size(min = 16, max = 512) String> worker,
    @NotEmpty(message = "set JUNCTION_TOKENS_SCHEDULER")
        List<@Size(min = 16, max = 512) String> scheduler,
    @NotEmpty(message = "set JUNCTION_TOKENS_OPERATOR")
        List<@Size(min = 16, max = 512) String> operator,
    @DefaultValue List<@Size(min = 16, max = 512) String> reader) {}
