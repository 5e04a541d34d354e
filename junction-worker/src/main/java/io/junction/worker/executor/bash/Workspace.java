package io.junction.worker.executor.bash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that one run works in: made for it, and removed after it. */
record Workspace(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(Workspace.class);

  static Workspace create(Path workDir, UUID assignment) throws IOException {
    return new Workspace(
        Files.createDirectories(workDir.toAbsolutePath().resolve(assignment.toString())));
  }

  /** The file whose being there says that the command could not be started. */
  Path unstartedMark() {
    return folder.resolve(".junction-not-started");
  }

  boolean unstarted() {
    return Files.exists(unstartedMark());
  }

  void remove() {
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (NoSuchFileException e) {
      // The job has removed its own folder.
    } catch (IOException | UncheckedIOException e) {
      log.warn("Folder {} could not be removed: {}", folder, e.toString());
    }
  }

  /** Deletes from the leaves up; links are not followed. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
