package io.junction.common.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Spring Boot say what is wrong in place of a stack trace; the process ends with status 1. */
class RefusedStartAnalyzer extends AbstractFailureAnalyzer<RefusedStart> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, RefusedStart refused) {
    return new FailureAnalysis(refused.getMessage(), refused.advice(), refused);
  }
}
