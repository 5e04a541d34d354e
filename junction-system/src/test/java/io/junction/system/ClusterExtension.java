package io.junction.system;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the cluster: one for the whole run, with at least one of each daemon before a test
 * and without workers after it. When a test fails, it prints what every process said last.
 */
final class ClusterExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    cluster(context).ready();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.out.println(cluster(context).tails());
    }
    cluster(context).killWorkers();
  }

  /** The store closes it at the end of the run. */
  private static Cluster cluster(ExtensionContext context) {
    var running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ClusterExtension.class))
            .computeIfAbsent(Running.class, key -> new Running(), Running.class);
    return running.cluster;
  }

  private static final class Running implements AutoCloseable {

    private final Cluster cluster;

    Running() {
      Folders.clean();
      cluster = new Cluster();
      try {
        cluster.start();
      } catch (RuntimeException | Error failure) {
        System.out.println(cluster.tails());
        cluster.close();
        throw failure;
      }
    }

    @Override
    public void close() {
      cluster.close();
    }
  }
}
