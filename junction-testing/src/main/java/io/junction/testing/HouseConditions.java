package io.junction.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What {@link ArchitectureRules} asks of classes and ArchUnit has no words for. */
final class HouseConditions {

  private static final String ENTITY = "jakarta.persistence.Entity";
  private static final Set<Class<?>> INSTANTS =
      Set.of(
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class);

  private HouseConditions() {}

  /** Planners, and whatever of ours only carries values: it can neither read nor write. */
  static DescribedPredicate<JavaClass> plannersOrValues() {
    return describe(
        "are planners, records, enums or sealed interfaces of ours",
        type ->
            type.getBaseComponentType().getPackageName().startsWith("io.junction.")
                && isPlannerOrValue(type.getBaseComponentType()));
  }

  private static boolean isPlannerOrValue(JavaClass type) {
    return type.isRecord()
        || type.isEnum()
        || (type.isInterface() && type.reflect().isSealed())
        || outermost(type).getSimpleName().endsWith("Planner");
  }

  /** Of a nested or anonymous class the name of the file counts. */
  static DescribedPredicate<JavaClass> outermostNameEndsNotIn(String ending) {
    return describe(
        "are not in a *" + ending, type -> !outermost(type).getSimpleName().endsWith(ending));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(HouseConditions::outermost).orElse(type);
  }

  static ArchCondition<JavaClass> returnNoEntity() {
    return condition(
        "return no entity",
        (type, events) ->
            type.getMethods().stream()
                .filter(method -> mentionsAnEntity(method.getReturnType()))
                .forEach(method -> report(events, method, " returns an entity")));
  }

  static ArchCondition<JavaField> beNoEntity() {
    return condition(
        "be no entity",
        (field, events) -> {
          if (mentionsAnEntity(field.getType())) {
            report(events, field, " is an entity");
          }
        });
  }

  private static boolean mentionsAnEntity(JavaType type) {
    return type.getAllInvolvedRawTypes().stream().anyMatch(raw -> raw.isAnnotatedWith(ENTITY));
  }

  static ArchCondition<JavaClass> takeTheTime() {
    return condition(
        "take the time",
        (type, events) ->
            Stream.<JavaAccess<?>>concat(
                    type.getMethodCallsFromSelf().stream(),
                    type.getMethodReferencesFromSelf().stream())
                .filter(HouseConditions::takesTheTime)
                .forEach(
                    call ->
                        events.add(SimpleConditionEvent.satisfied(call, call.getDescription()))));
  }

  private static boolean takesTheTime(JavaAccess<?> call) {
    var owner = call.getTargetOwner();
    return switch (call.getName()) {
      case "now" -> INSTANTS.stream().anyMatch(owner::isEquivalentTo);
      case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
      case "sleep" -> owner.isEquivalentTo(Thread.class);
      case "system", "systemUTC", "systemDefaultZone" -> owner.isEquivalentTo(Clock.class);
      default -> false;
    };
  }

  static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return condition(
        "live in a @NullMarked package",
        (type, events) -> {
          if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
            report(events, type, " is in a package without @NullMarked");
          }
        });
  }

  static ArchCondition<JavaClass> takeAtMost(int limit) {
    return condition(
        "have constructors of at most " + limit + " parameters",
        (type, events) ->
            type.getConstructors().stream()
                .filter(constructor -> constructor.getRawParameterTypes().size() > limit)
                .forEach(
                    constructor ->
                        report(
                            events,
                            constructor,
                            " takes " + constructor.getRawParameterTypes().size())));
  }

  private static <T> ArchCondition<T> condition(
      String description, BiConsumer<T, ConditionEvents> check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T item, ConditionEvents events) {
        check.accept(item, events);
      }
    };
  }

  private static void report(ConditionEvents events, HasDescription where, String what) {
    events.add(SimpleConditionEvent.violated(where, where.getDescription() + what));
  }
}
