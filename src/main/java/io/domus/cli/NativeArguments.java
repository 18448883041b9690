// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A format and a subject, each by its place or by the option that virsh has for it. */
record NativeArguments(String format, String subject) {
  /**
   * @param options those that name the subject
   */
  static NativeArguments of(Arguments arguments, List<String> formats, String... options) {
    List<String> places = new ArrayList<>();
    arguments.optional(0).ifPresent(places::add);
    arguments.optional(1).ifPresent(places::add);
    String format = take(arguments, places, "FORMAT", List.of("--format"));
    if (!formats.contains(format)) {
      throw arguments.fault(
          "unknown format '" + format + "', expected " + String.join(" or ", formats));
    }
    String subject = take(arguments, places, "FILE", List.of(options));
    if (!places.isEmpty()) {
      throw arguments.fault("unexpected argument '" + places.getFirst() + "'");
    }
    return new NativeArguments(format, subject);
  }

  private static String take(
      Arguments arguments, List<String> places, String label, List<String> options) {
    for (String option : options) {
      Optional<String> value = arguments.text(option);
      if (value.isPresent()) {
        return value.get();
      }
    }
    if (places.isEmpty()) {
      throw arguments.fault("missing required parameter: '" + label + "'");
    }
    return places.removeFirst();
  }
}
