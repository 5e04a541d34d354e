package io.junction.api.subscription;

import io.junction.common.subscription.BuildFilter;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events of which builds a subscription is for. */
record FilterRequest(
    @Nullable @Pattern(regexp = LINE, message = MESSAGE) String owner,
    @Nullable @Pattern(regexp = LINE, message = MESSAGE) String repository,
    @Nullable @Pattern(regexp = LINE, message = MESSAGE) String branch,
    @Nullable @Size(max = 5, message = "has at most 5 kinds")
        List<
                @NotNull(message = "must not be null")
                @Pattern(
                    regexp = "build:(created|started|finished|canceled|restarted)",
                    message =
                        "must be one of build:created, build:started, build:finished,"
                            + " build:canceled, build:restarted")
                String>
            events) {

  private static final String LINE = "[^\\p{Cntrl}]{1,255}";
  private static final String MESSAGE = "has 1 to 255 characters, none of which controls";

  BuildFilter filter() {
    return new BuildFilter(
        owner, repository, branch, events == null ? List.of() : List.copyOf(events));
  }
}
