package io.junction.api.problem;

/** A field that was refused, and why. */
public record FieldError(String field, String message) {}
