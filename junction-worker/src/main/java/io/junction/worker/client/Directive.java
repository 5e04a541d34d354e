package io.junction.worker.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What Junction wants of the worker as a whole. */
public enum Directive {
  @JsonProperty("run")
  RUN,
  /** Finish what runs, take nothing new, retire. */
  @JsonProperty("drain")
  DRAIN,
  /** End everything; nothing that this registration reports is taken any more. */
  @JsonProperty("stop")
  STOP
}
