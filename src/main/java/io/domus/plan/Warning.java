// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Origin;
import java.util.Objects;

/** Something that the user should know and that stops nothing. */
public record Warning(String text, Origin origin) {
  public Warning {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(origin, "origin");
  }
}
