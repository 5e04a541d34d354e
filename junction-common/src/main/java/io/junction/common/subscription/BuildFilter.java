package io.junction.common.subscription;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events of which builds a subscription is for; what is null lets everything through.
 *
 * @param branch its name; each {@code *} in it stands for any text
 * @param events kinds; none: the usual ones of its kind of target
 */
public record BuildFilter(
    @Nullable String owner,
    @Nullable String repository,
    @Nullable String branch,
    List<String> events) {

  /** The kinds that can be asked for. */
  public static final List<String> KINDS =
      List.of(
          "build:created", "build:started", "build:finished", "build:canceled", "build:restarted");

  private static final Set<String> BEGINNINGS =
      Set.of("build:created", "build:started", "build:restarted");
  private static final Set<String> USUAL =
      Set.of("build:started", "build:finished", "build:canceled");

  public BuildFilter {
    events = List.copyOf(events);
  }

  /** Lets everything through. */
  public static final BuildFilter NONE = new BuildFilter(null, null, null, List.of());

  /** Whose builds it is for, in one word; {@code subscriptions.audience} in SQL. */
  public String audience() {
    return repository != null
        ? "repository:" + repository
        : owner != null ? "owner:" + owner : "all";
  }

  /** All that a build belongs to. */
  public static Set<String> audiences(@Nullable String owner, @Nullable String repository) {
    return Stream.of(
            NONE,
            new BuildFilter(owner, null, null, List.of()),
            new BuildFilter(owner, repository, null, List.of()))
        .map(BuildFilter::audience)
        .collect(Collectors.toSet());
  }

  static boolean isBeginning(String event) {
    return BEGINNINGS.contains(event);
  }

  /** Whether it lets such an event through to such a target. */
  public boolean takes(TargetKind kind, String event) {
    if (!events.isEmpty()) {
      return events.contains(event);
    }
    return USUAL.contains(event) || (kind == TargetKind.GITHUB && KINDS.contains(event));
  }

  /** Whether it lets such a build through. */
  public boolean lets(
      @Nullable String buildsOwner,
      @Nullable String buildsRepository,
      @Nullable String branchName) {
    return (owner == null || owner.equals(buildsOwner))
        && (repository == null || repository.equals(buildsRepository))
        && (branch == null || (branchName != null && matches(branch, branchName)));
  }

  /** In a time that grows with the product of the two lengths at most, whatever the pattern is. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
