package io.junction.dispatcher;

import io.junction.common.hint.Hint;
import io.junction.dispatcher.loop.Round;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** A work that polls once, as its loop begins, and then only hears. */
record Unpolled(Work work) implements Work {

  /** The reaper is left as it is: nobody tells it of a silence. */
  static final BeanPostProcessor MUTED =
      new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof Work work && !work.name().equals("reap")
              ? new Unpolled(work)
              : bean;
        }
      };

  @Override
  public String name() {
    return work.name();
  }

  @Override
  public Duration interval() {
    return Duration.ofHours(1);
  }

  @Override
  public Duration longestQuiet() {
    return interval();
  }

  @Override
  public Round run(Wake wake) {
    return work.run(wake);
  }

  @Override
  public void wakeBy(Runnable wake) {
    work.wakeBy(wake);
  }

  @Override
  public boolean hears(Hint hint) {
    return work.hears(hint);
  }
}
