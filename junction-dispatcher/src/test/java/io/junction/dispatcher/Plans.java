package io.junction.dispatcher;

import io.junction.testing.TestDatabase;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How Postgres would run a prepared statement of ours. */
public final class Plans {

  public static final List<String> MODES = List.of("force_custom_plan", "force_generic_plan");

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

  private Plans() {}

  /** The plan as text; the values belong to the parameters in the order of their first use. */
  public static String of(TestDatabase database, String mode, String statement, String... values) {
    var names = new LinkedHashSet<String>();
    PARAMETER.matcher(statement).results().forEach(found -> names.add(found.group(1)));
    var numbered = statement;
    int number = 0;
    for (var name : names) {
      numbered = numbered.replaceAll("(?<!:):" + name + "\\b", "\\$" + ++number);
    }
    var arguments = Arrays.stream(values).map(v -> "'" + v + "'").collect(Collectors.joining(", "));
    var explain = "EXPLAIN EXECUTE ours" + (values.length == 0 ? "" : "(" + arguments + ")");
    var prepare = "PREPARE ours AS " + numbered;
    var rows = new Rows(database);
    var transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              rows.run("SET LOCAL search_path = junction");
              rows.run("SET LOCAL plan_cache_mode = " + mode);
              rows.run(prepare);
              try {
                return String.join("\n", rows.texts(explain));
              } finally {
                rows.run("DEALLOCATE ours");
              }
            }));
  }
}
