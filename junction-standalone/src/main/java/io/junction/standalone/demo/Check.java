package io.junction.standalone.demo;

import io.junction.standalone.console.Console;
import io.junction.standalone.display.Paint;

/** Something that had to be so, and whether it was. */
record Check(boolean held, String what) {

  void print(Console console) {
    var word = held ? "ok" : "FAILED";
    var shown = console.colored() ? Paint.word(word) : word;
    console.say("  " + shown + " ".repeat(8 - word.length()) + what);
  }
}
