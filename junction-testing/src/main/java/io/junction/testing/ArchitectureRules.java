package io.junction.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of the house that a machine can read, each with its reason. Every module checks its own
 * packages with them; the names A1 to A12 are those of STYLE.md.
 */
public final class ArchitectureRules {

  private static final String WEB = "org.springframework.web.bind.annotation.";
  private static final String CONFIGURATION =
      "org.springframework.context.annotation.Configuration";

  private ArchitectureRules() {}

  /**
   * Checks the main classes of these packages and of those below them, against all rules.
   *
   * @throws AssertionError that lists every violation of every rule
   */
  public static void check(String... packages) {
    var imported =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages);
    if (imported.isEmpty()) {
      throw new AssertionError("no main classes in " + String.join(", ", packages));
    }
    String violations =
        all().stream()
            .map(rule -> rule.allowEmptyShould(true).evaluate(imported))
            .filter(result -> result.hasViolation())
            .map(result -> result.getFailureReport().toString())
            .collect(Collectors.joining("\n\n"));
    if (!violations.isEmpty()) {
      throw new AssertionError(violations);
    }
  }

  private static List<ArchRule> all() {
    return List.of(
        processKnows("api", "dispatcher", "worker", "standalone", "system"),
        processKnows("dispatcher", "api", "worker", "standalone", "system"),
        processKnows("worker", "common", "api", "dispatcher", "standalone", "system"),
        processKnows("common", "api", "dispatcher", "worker", "standalone", "system"),
        featuresFormNoCycle(),
        theDomainHasOneDirection(),
        planningIsPure(),
        controllersAnswerWithoutEntities(),
        answersHoldNoEntities(),
        sqlHasAnAddress(),
        timeIsGiven(),
        constructorsInject(),
        namesSayWhat(),
        wiringIsPackagePrivate(),
        nullIsDeclared(),
        packagesAreFeatures(),
        constructorsAreShort());
  }

  private static ArchRule processKnows(String process, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("io.junction." + process + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(below(others))
        .as("A1 " + process + " does not know " + String.join(", ", others))
        .because(
            "each process can then be read, deployed and replaced alone; what they share is the"
                + " database, the protocol, and for api and dispatcher the domain");
  }

  private static String[] below(String... processes) {
    return List.of(processes).stream().map(p -> "io.junction." + p + "..").toArray(String[]::new);
  }

  private static ArchRule featuresFormNoCycle() {
    return slices()
        .matching("io.junction.(*).(*)..")
        .should()
        .beFreeOfCycles()
        .as("A2 features form no cycle")
        .because("a feature is read, and removed, on its own: move the shared thing to one side");
  }

  private static ArchRule theDomainHasOneDirection() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("queue")
        .definedBy("io.junction.common.queue..")
        .layer("owner")
        .definedBy("io.junction.common.owner..")
        .layer("build")
        .definedBy("io.junction.common.build..")
        .layer("job")
        .definedBy("io.junction.common.job..")
        .layer("worker")
        .definedBy("io.junction.common.worker..")
        .layer("assignment")
        .definedBy("io.junction.common.assignment..")
        .layer("transition")
        .definedBy("io.junction.common.transition..")
        .whereLayer("queue")
        .mayNotAccessAnyLayer()
        .whereLayer("owner")
        .mayOnlyAccessLayers("queue")
        .whereLayer("build")
        .mayOnlyAccessLayers("queue", "owner", "job")
        .whereLayer("job")
        .mayOnlyAccessLayers("queue", "owner", "build")
        .whereLayer("worker")
        .mayOnlyAccessLayers("queue")
        .whereLayer("assignment")
        .mayOnlyAccessLayers("queue", "owner", "build", "job", "worker")
        .as("A2 the domain points one way: queue, then job and worker, assignment, transition")
        .because("transition is the one place where a job's state changes: it knows all, none it");
  }

  private static ArchRule planningIsPure() {
    return classes()
        .that(
            describe(
                "plan",
                type ->
                    !type.getSimpleName().equals("package-info")
                        && (type.getPackageName().equals("io.junction.common.plan")
                            || (type.getPackageName().startsWith("io.junction.dispatcher")
                                && type.getSimpleName().endsWith("Planner")))))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.time",
                    "org.jspecify..",
                    "io.junction.common.plan")
                .or(HouseConditions.plannersOrValues()))
        .as("A3 planning is pure")
        .because(
            "a plan is checked over thousands of made-up snapshots: no I/O, no clock, no bean");
  }

  private static ArchRule controllersAnswerWithoutEntities() {
    return classes()
        .that()
        .areAnnotatedWith(WEB + "RestController")
        .should(HouseConditions.returnNoEntity())
        .as("A4 controllers answer without entities")
        .because("an entity in an answer publishes every column: answer with a record");
  }

  private static ArchRule answersHoldNoEntities() {
    return fields()
        .that()
        .areDeclaredInClassesThat(
            describe(
                "are records of the api",
                type -> type.isRecord() && type.getPackageName().startsWith("io.junction.api")))
        .should(HouseConditions.beNoEntity())
        .as("A4 answers hold no entities")
        .because("an entity in an answer publishes every column: copy what the protocol names");
  }

  private static ArchRule sqlHasAnAddress() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.junction.testing..", "io.junction.standalone..", "io.junction.bench..")
        .and(HouseConditions.outermostNameEndsNotIn("Statements"))
        .and()
        .areNotAnnotatedWith("org.springframework.context.annotation.Configuration") // wiring
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
                .and(not(assignableTo(SQLException.class))))
        .as("A5 only *Statements touch JDBC")
        .because("who looks for what locks, claims, moves or counts many rows looks there only");
  }

  private static ArchRule timeIsGiven() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("..dispatcher.loop..", "..worker.agent..")
        .should(HouseConditions.takeTheTime())
        .as("A6 time is given, not taken")
        .because(
            "the database owns time (now() in SQL), and only a loop or the worker's agent waits;"
                + " System.nanoTime() measures how long something takes");
  }

  private static ArchRule constructorsInject() {
    return noFields()
        .should()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
        .orShould()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
        .as("A7 no field is injected")
        .because("a constructor says what a class needs, and a test can call it");
  }

  private static ArchRule namesSayWhat() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|D[tT][oO]|Service|Base)")
        .as("A8 names say what")
        .because("these endings fit anything: a verb for a use case, a noun for a thing");
  }

  private static ArchRule wiringIsPackagePrivate() {
    return classes()
        .that(
            describe(
                "wire",
                type ->
                    type.isAnnotatedWith(WEB + "RestController")
                        || type.isAnnotatedWith(WEB + "RestControllerAdvice")
                        || type.isAnnotatedWith(CONFIGURATION)
                        || type.getSimpleName().endsWith("Statements")))
        .and()
        .doNotHaveSimpleName("CommonConfiguration")
        .and(
            describe(
                "are no statements of the domain",
                type ->
                    !(type.getPackageName().startsWith("io.junction.common.")
                        && type.getSimpleName().endsWith("Statements"))))
        .should()
        .bePackagePrivate()
        .as("A9 controllers, configurations and statements are package-private")
        .because("nobody but Spring and the feature itself has business with them");
  }

  private static ArchRule nullIsDeclared() {
    return classes()
        .should(HouseConditions.liveInANullMarkedPackage())
        .as("A10 every package is @NullMarked")
        .because("NullAway checks only what is marked: add it to the package-info.java");
  }

  private static ArchRule packagesAreFeatures() {
    return noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..helper..",
            "..model..",
            "..service..",
            "..dto..",
            "..impl..",
            "..base..",
            "io.junction.*.common..")
        .as("A11 packages are features")
        .because("a layer's package collects what has nothing to do with each other");
  }

  private static ArchRule constructorsAreShort() {
    return classes()
        .that()
        .areNotRecords()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .should(HouseConditions.takeAtMost(6))
        .as("A12 at most six constructor parameters")
        .because("a seventh says that a record is missing");
  }
}
