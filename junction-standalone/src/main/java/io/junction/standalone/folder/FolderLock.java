package io.junction.standalone.folder;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most one process uses a data folder.
 *
 * <p>Failure: the operating system lets go of it with the process, however that ends; the process
 * id in the file is only for the message.
 */
public final class FolderLock implements AutoCloseable {

  /** Not even opened again: closing a file drops every lock that this process has on it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Refused, with the owner's process id, when somebody has it. */
  public static FolderLock of(DataFolder folder) {
    var file = folder.file("junction.pid");
    var self = Long.toString(ProcessHandle.current().pid());
    if (!OWN.add(file)) {
      throw taken(folder, self);
    }
    try {
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw taken(folder, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(self + "\n"));
      return new FolderLock(file, channel);
    } catch (Refusal e) {
      OWN.remove(file);
      throw e;
    } catch (IOException e) {
      OWN.remove(file);
      throw new Refusal("The file " + file + " cannot be locked: " + e, e);
    }
  }

  private static Refusal taken(DataFolder folder, String owner) {
    return new Refusal(
        "The data folder "
            + folder
            + " is in use: Junction runs there"
            + (owner.matches("\\d{1,10}") ? " as process " + owner : "")
            + ".\nStop that one first, or start with another folder: --data <folder>");
  }

  /** Lets go of it. */
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      // The end of the process does the same.
    } finally {
      OWN.remove(file);
    }
  }
}
