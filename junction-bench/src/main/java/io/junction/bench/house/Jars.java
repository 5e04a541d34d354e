package io.junction.bench.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The daemons' jars, as a build left them.
 *
 * @param root a clone of Junction that was built
 */
public record Jars(Path root) {

  /** The one that this bench belongs to, or another, whose figures are to be compared. */
  public static Jars of(Path root) {
    return new Jars(root.toAbsolutePath().normalize());
  }

  Path of(String module) {
    var target = root.resolve(module).resolve("target");
    if (Files.isDirectory(target)) {
      try (var jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
        for (var jar : jars) {
          return jar;
        }
      } catch (IOException e) {
        throw new Refusal("The folder " + target + " cannot be read: " + e, e);
      }
    }
    throw new Refusal(
        "There is no %s-*-exec.jar in %s.\n".formatted(module, target)
            + "Build it first: ./mvnw package -Dmaven.test.skip -pl %s -am".formatted(module));
  }
}
