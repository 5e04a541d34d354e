package io.junction.api.problem;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What was wrong with a body, said in terms of the field and not of the library that found it. */
record JsonFlaw(ProblemType type, String detail, Map<String, ?> properties) {

  static JsonFlaw of(JacksonException thrown) {
    return switch (thrown) {
      case StreamConstraintsException limit ->
          new JsonFlaw(ProblemType.MALFORMED, "the body " + limitOf(limit), Map.of());
      case InputCoercionException overflow ->
          field(ProblemType.WRONG_TYPE, overflow, "is not a whole number in its range");
      case StreamReadException syntax -> syntax(syntax);
      case UnrecognizedPropertyException unknown ->
          field(ProblemType.UNKNOWN_FIELD, unknown, "is not a field of this request");
      case ValueInstantiationException value ->
          field(ProblemType.INVALID, value, rootMessage(value));
      case InvalidFormatException format ->
          field(
              ProblemType.WRONG_TYPE,
              format,
              "is not a " + FieldErrors.nameOf(format.getTargetType()));
      case MismatchedInputException mismatch -> mismatch(mismatch);
      case DatabindException other ->
          field(ProblemType.WRONG_TYPE, other, "cannot be read: " + other.getOriginalMessage());
      default -> new JsonFlaw(ProblemType.MALFORMED, "the body cannot be read", Map.of());
    };
  }

  private static JsonFlaw syntax(StreamReadException syntax) {
    var message = syntax.getOriginalMessage();
    var location = syntax.getLocation();
    var where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new JsonFlaw(
        ProblemType.MALFORMED,
        "the body is not JSON" + where + ": " + firstLine(message),
        Map.of());
  }

  /** Our own deserializers say the flaw itself, and begin with a verb; the library's do not. */
  private static JsonFlaw mismatch(MismatchedInputException mismatch) {
    var message = firstLine(mismatch.getOriginalMessage());
    if (message.startsWith("contains ") || message.startsWith("nests ")) {
      return field(ProblemType.INVALID, mismatch, message);
    }
    if (message.startsWith("is not ")) {
      return field(ProblemType.WRONG_TYPE, mismatch, message);
    }
    if (message.startsWith("No content to map")) {
      return new JsonFlaw(ProblemType.MALFORMED, "the body is empty", Map.of());
    }
    if (message.contains("Trailing token")) {
      return new JsonFlaw(ProblemType.MALFORMED, "something follows the end of the body", Map.of());
    }
    var type = mismatch.getTargetType();
    return field(
        ProblemType.WRONG_TYPE,
        mismatch,
        "is not a " + (type == null ? "value that fits" : FieldErrors.nameOf(type)));
  }

  private static JsonFlaw field(ProblemType type, JacksonException thrown, String message) {
    var field = pathOf(thrown);
    return new JsonFlaw(
        type,
        field + " " + message,
        ProblemFactory.errors(List.of(new FieldError(field, message))));
  }

  private static String pathOf(JacksonException thrown) {
    var path = new StringBuilder();
    for (var reference : thrown.getPath()) {
      var name = reference.getPropertyName();
      if (name == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  private static String limitOf(StreamConstraintsException limit) {
    var message = firstLine(limit.getOriginalMessage());
    return message.contains("nesting depth")
        ? "nests deeper than the limit"
        : "breaks a limit: " + message;
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    var message = root.getMessage();
    return message == null ? "is not valid" : firstLine(message);
  }

  private static String firstLine(String message) {
    var line = message.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300);
  }
}
