package io.junction.common.rule;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.PatternMatchUtils;

/** One thing that a rule wants of a job. */
sealed interface Matcher {

  Answer ask(JobFacts job);

  /**
   * What a job says to it.
   *
   * @param because a plain clause, as in {@code os is "linux", not "osx"}
   */
  record Answer(Verdict verdict, String because) {

    static Answer of(boolean holds, String because) {
      return new Answer(holds ? Verdict.HOLDS : Verdict.FAILS, because);
    }
  }

  /** Whether it holds. */
  enum Verdict {
    HOLDS,
    FAILS,
    /** What the job has there can be held against nothing. */
    BROKEN
  }

  /** Who the job is for: the name, or a pattern with stars for any number of characters. */
  record Named(Whose whose, List<String> patterns) implements Matcher {

    /** Whose name it is. */
    enum Whose {
      OWNER,
      REPOSITORY;

      String text() {
        return name().toLowerCase(Locale.ROOT);
      }

      @Nullable String of(JobFacts job) {
        return this == OWNER ? job.owner() : job.repository();
      }
    }

    @Override
    public Answer ask(JobFacts job) {
      var name = whose.of(job);
      boolean holds =
          name != null && patterns.stream().anyMatch(p -> PatternMatchUtils.simpleMatch(p, name));
      return Answer.of(
          holds, said(whose.text(), name == null ? List.of() : List.of(name), patterns, holds));
    }
  }

  /** Whether the job counts as public. */
  record Publicity(boolean wanted) implements Matcher {

    @Override
    public Answer ask(JobFacts job) {
      return Answer.of(
          job.isPublic() == wanted, job.isPublic() ? "it is public" : "it is not public");
    }
  }

  /**
   * So many of 100 jobs, by their ids: so a job always gets the same answer, and who is among the
   * 20 % is among the 50 %. Not by the repository: a single large one would go all at once.
   */
  record Percentage(int percent) implements Matcher {

    private static final int ALL = 100;

    @Override
    public Answer ask(JobFacts job) {
      var id = job.id();
      boolean holds = percent == ALL || (id != null && bucketOf(id) < percent);
      return Answer.of(
          holds,
          (id == null ? "a job of no id" : "job " + id)
              + (holds ? " is among the " : " is not among the ")
              + percent
              + " %");
    }

    /** 0 to 99; neighbours are mixed (the finalizer of SplitMix64). */
    static int bucketOf(long id) {
      long mixed = id * 0x9E3779B97F4A7C15L;
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      return Math.floorMod(mixed ^ (mixed >>> 31), ALL);
    }
  }

  /** A field of the config: one of these, or a list with one of these in it. */
  record Field(String name, Set<String> values) implements Matcher {

    @Override
    public Answer ask(JobFacts job) {
      return switch (job.fields().get(name)) {
        case null -> Answer.of(false, said(name, List.of(), values, false));
        case FieldValue.Unusable(var what) ->
            new Answer(Verdict.BROKEN, name + " is " + what + " in its config, not text");
        case FieldValue.Texts(var texts) -> {
          boolean holds = texts.stream().anyMatch(values::contains);
          yield Answer.of(holds, said(name, texts, values, holds));
        }
      };
    }
  }

  private static String said(
      String name, Collection<String> has, Collection<String> wanted, boolean holds) {
    if (has.isEmpty()) {
      return "it has no " + name;
    }
    return name + " is " + quoted(has) + (holds ? "" : ", not " + quoted(wanted));
  }

  /** The first of them, since a sentence is to be read. */
  private static String quoted(Collection<String> texts) {
    var first =
        texts.stream()
            .limit(3)
            .map(text -> text.length() > 60 ? text.substring(0, 60) + "…" : text)
            .map(text -> '"' + text + '"')
            .collect(Collectors.joining(" or "));
    return texts.size() > 3 ? first + " or " + (texts.size() - 3) + " more" : first;
  }
}
