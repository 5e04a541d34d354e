package io.junction.standalone;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Stop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The demo. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
  private final Console console;
  private final Stop stop;

  DemoCommand(Console console, Stop stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    console.say("" + stop.askedBy());
    return 0;
  }
}
