// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things. */
record Count() implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException none) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    throw new TypeConversionException("'" + text + "' is negative");
  }
}
