// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;

/** Prints values for programs. */
final class Json {
  private Json() {}

  /**
   * @param value maps, lists, strings, numbers, truth values and nulls
   */
  static String render(Object value) throws IOException {
    return JSON.std
            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
            .asString(value)
        + "\n";
  }
}
