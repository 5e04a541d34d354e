package io.junction.worker.agent;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when contact is lost and when it is regained: each reason once in an outage, not each try.
 */
final class Contact {
  private static final Logger log = LoggerFactory.getLogger(Contact.class);
  private static final int MOST_REASONS = 20;

  private final Set<String> told = new HashSet<>();

  void lost(String reason) {
    // The figures in a reason may differ from try to try (a duration); its words are the condition.
    String words = reason.replaceAll("\\d+ ms", "# ms");
    if (told.size() < MOST_REASONS && told.add(words)) {
      log.warn("No contact: {}. It is tried again", reason);
    }
  }

  void regained() {
    if (!told.isEmpty()) {
      log.info("Contact regained");
    }
    told.clear();
  }
}
