package io.junction.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which tables a statement walks over instead of going by a key, with the plan that Junction's
 * sessions would keep for it.
 *
 * <p>Such a plan is made once, whatever the tables hold at that moment. So it has to be looked at
 * while they are empty and nothing is known of them, while they are known to be empty, and while
 * they are full: a statement that has only one way gets the same plan each time.
 */
public final class KeyedPlans {

  /** What the daemons' connections start with; their own tests hold them to it. */
  public static final String SESSION =
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; "
          + "SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; "
          + "SET enable_memoize = off; SET jit = off";

  private static final Pattern SCAN =
      Pattern.compile(
          "(?:Index (?:Only )?Scan(?: Backward)? using (?<index>\\w+)|Seq Scan) on (?<table>\\w+)");

  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):(\\w+)");

  private final TestDatabase database;
  private final TransactionTemplate transaction;

  public KeyedPlans(TestDatabase database) {
    this.database = database;
    this.transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
  }

  /** Tells the planner how things stand in these tables of the schema. */
  public void analyze(String... tables) {
    for (var table : tables) {
      database.jdbc().sql("ANALYZE junction." + table).update();
    }
  }

  /** Scans without a condition on an index, as {@code table by index}; empty when all have one. */
  public List<String> walks(String statement) {
    return scans(statement, false);
  }

  /** The other ones: those that go by a condition on an index, as {@code table by index}. */
  public List<String> lookups(String statement) {
    return scans(statement, true);
  }

  /** Joins that hold each row of one side against each of the other, by their condition. */
  public List<String> pairings(String statement) {
    return planOf(statement).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("Join Filter:"))
        .toList();
  }

  private List<String> scans(String statement, boolean conditional) {
    var plan = planOf(statement);
    var scans = new ArrayList<String>();
    for (int i = 0; i < plan.size(); i++) {
      var scan = SCAN.matcher(plan.get(i));
      if (scan.find() && hasCondition(plan.subList(i + 1, plan.size())) == conditional) {
        scans.add(scan.group("table") + " by " + scan.group("index"));
      }
    }
    return List.copyOf(scans);
  }

  private List<String> planOf(String statement) {
    var names = new LinkedHashSet<String>();
    PARAMETER.matcher(statement).results().forEach(found -> names.add(found.group(1)));
    var numbered = statement;
    int number = 0;
    for (var name : names) {
      numbered = numbered.replaceAll("(?<!:):" + name + "\\b", "\\$" + ++number);
    }
    var nulls = names.stream().map(name -> "NULL").collect(Collectors.joining(", "));
    return explain(numbered, names.isEmpty() ? "" : "(" + nulls + ")");
  }

  /** What belongs to a node stands in the lines behind it, up to the next node. */
  private static boolean hasCondition(List<String> behind) {
    return behind.stream()
        .takeWhile(line -> !line.contains("->"))
        .anyMatch(line -> line.contains("Index Cond:"));
  }

  private List<String> explain(String statement, String arguments) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              JdbcClient jdbc = database.jdbc();
              for (var setting : SESSION.split("; ", -1)) {
                jdbc.sql(setting.replaceFirst("SET", "SET LOCAL")).update();
              }
              jdbc.sql("SET LOCAL search_path = junction").update();
              jdbc.sql("PREPARE ours AS " + statement).update();
              try {
                return jdbc.sql("EXPLAIN (COSTS OFF) EXECUTE ours" + arguments)
                    .query((row, n) -> row.getString(1))
                    .list();
              } finally {
                jdbc.sql("DEALLOCATE ours").update();
              }
            }));
  }
}
