// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes: {@code 10G}, {@code 512M}, {@code 1073741824}; units are powers of 1024. */
record ByteSize() implements ITypeConverter<Long> {
  private static final String UNITS = "KMGT";

  @Override
  public Long convert(String text) {
    if (!text.matches("[0-9]{1,15}([KMGT](iB)?)?")) {
      throw new TypeConversionException(
          "expected a size such as 10G or 512M but was '" + text + "'");
    }
    String digits = text.replaceFirst("[KMGT].*", "");
    int unit =
        digits.length() == text.length() ? 0 : UNITS.indexOf(text.charAt(digits.length())) + 1;
    try {
      long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * unit));
      if (bytes > 0) {
        return bytes;
      }
    } catch (ArithmeticException overflow) {
      throw new TypeConversionException("a size of '" + text + "' is too large");
    }
    throw new TypeConversionException("a size of nothing");
  }
}
