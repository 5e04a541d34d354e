package io.junction.api.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.validation.BindingResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Names fields as the client wrote them: in snake_case, with the index in a list. */
final class FieldErrors {

  private FieldErrors() {}

  static List<FieldError> of(BindingResult result) {
    return result.getFieldErrors().stream()
        .map(
            error ->
                new FieldError(snakeCase(error.getField()), messageOf(error.getDefaultMessage())))
        .toList();
  }

  static List<FieldError> of(HandlerMethodValidationException invalid) {
    var errors = new ArrayList<FieldError>();
    for (var parameter : invalid.getParameterValidationResults()) {
      var name = snakeCase(String.valueOf(parameter.getMethodParameter().getParameterName()));
      if (parameter instanceof ParameterErrors nested) {
        for (var error : nested.getFieldErrors()) {
          var prefix =
              nested.getContainerIndex() == null ? "" : "[" + nested.getContainerIndex() + "].";
          errors.add(
              new FieldError(
                  prefix + snakeCase(error.getField()), messageOf(error.getDefaultMessage())));
        }
      } else {
        for (var error : parameter.getResolvableErrors()) {
          errors.add(new FieldError(name, messageOf(error.getDefaultMessage())));
        }
      }
    }
    return errors.isEmpty() ? List.of(new FieldError("body", "is not valid")) : errors;
  }

  /** A type in the words of JSON. */
  static String nameOf(Class<?> type) {
    if (type == UUID.class) {
      return "UUID";
    }
    if (type == Instant.class) {
      return "instant as in 2026-01-31T12:00:00Z";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == String.class) {
      return "text";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "whole number in its range";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "list";
    }
    if (type.isEnum()) {
      return "value of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT);
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "JSON object" : "value that fits";
  }

  static String snakeCase(String field) {
    return field.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String messageOf(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "is not valid" : message;
  }
}
