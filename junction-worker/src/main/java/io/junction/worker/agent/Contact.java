package io.junction.worker.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when contact is lost and when it is regained: one line for each change, not for each try.
 */
final class Contact {
  private static final Logger log = LoggerFactory.getLogger(Contact.class);

  private boolean lost;
  private String condition = "";

  void lost(String reason) {
    // The figures in a reason (a port, a count) may differ from try to try; its words are the
    // condition.
    String words = reason.replaceAll("\\d+", "#");
    if (!lost || !condition.equals(words)) {
      log.warn("{}: {}. Trying again", lost ? "Still no contact" : "No contact", reason);
    }
    lost = true;
    condition = words;
  }

  void regained() {
    if (lost) {
      log.info("Contact regained");
    }
    lost = false;
    condition = "";
  }
}
