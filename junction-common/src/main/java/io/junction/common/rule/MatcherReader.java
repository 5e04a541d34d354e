package io.junction.common.rule;

import io.junction.common.rule.Matcher.Named.Whose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a matcher of what a rule says, or says why it is none. */
final class MatcherReader {

  /** Lists of values are shorter than that. */
  private static final int MOST_VALUES = 100;

  private static final int MOST_STARS = 2;

  /** Longer ones are cut where they are named. */
  private static final int LONGEST_KEY = 255;

  /** Text that can be stored and shown: without control characters and halves of surrogates. */
  static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,255}");

  private static final Pattern FIELD =
      Pattern.compile("(?=.{1,255}$)[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z_][A-Za-z0-9_-]*){0,4}");

  private MatcherReader() {}

  /** What stands under this key of the {@code when} at this place. */
  static Matcher read(String when, String key, @Nullable Object value) {
    var place = when + "." + (key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) : key);
    return switch (key) {
      case "owner" -> new Matcher.Named(Whose.OWNER, patterns(place, value));
      case "repository" -> new Matcher.Named(Whose.REPOSITORY, patterns(place, value));
      case "public" -> {
        if (!(value instanceof Boolean wanted)) {
          throw new RuleFlaw(place, "is true or false");
        }
        yield new Matcher.Publicity(wanted);
      }
      case "percentage" -> {
        if (!(value instanceof Integer percent) || percent < 0 || percent > 100) {
          throw new RuleFlaw(place, "is a whole number from 0 to 100");
        }
        yield new Matcher.Percentage(percent);
      }
      default -> {
        if (!FIELD.matcher(key).matches()) {
          throw new RuleFlaw(place, "is no name of a field that a rule can ask for");
        }
        yield new Matcher.Field(key, new LinkedHashSet<>(texts(place, value)));
      }
    };
  }

  private static List<String> patterns(String place, @Nullable Object value) {
    var patterns = texts(place, value);
    if (patterns.stream().anyMatch(p -> p.chars().filter(c -> c == '*').count() > MOST_STARS)) {
      throw new RuleFlaw(place, "has at most " + MOST_STARS + " stars");
    }
    return patterns;
  }

  private static List<String> texts(String place, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return List.of(text(place, value));
    }
    if (list.isEmpty() || list.size() > MOST_VALUES) {
      throw new RuleFlaw(place, "is a value, or a list of 1 to " + MOST_VALUES);
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < list.size(); i++) {
      texts.add(text(place + "[" + i + "]", list.get(i)));
    }
    return List.copyOf(texts);
  }

  private static String text(String place, @Nullable Object value) {
    var text = FieldValue.textOf(value);
    if (text == null) {
      throw new RuleFlaw(place, "is text, a number, true or false, or a list of these");
    }
    if (!TEXT.matcher(text).matches()) {
      throw new RuleFlaw(place, "has 1 to 255 characters, none of them a control character");
    }
    return text;
  }
}
