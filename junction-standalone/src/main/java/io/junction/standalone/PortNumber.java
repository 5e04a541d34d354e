package io.junction.standalone;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port, 0 to 65,535. */
final class PortNumber implements ITypeConverter<Integer> {

  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST) {
      throw new TypeConversionException("'" + text + "' is no port: 0 to " + HIGHEST);
    }
    return Integer.valueOf(text);
  }
}
