// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import java.util.Objects;

/**
 * A definition as read, and the bytes it was read from.
 *
 * @param warnings rendered, a string each
 */
public record Definition(DomainDef domain, byte[] bytes, java.util.List<String> warnings) {
  public Definition {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(bytes, "bytes");
    warnings = java.util.List.copyOf(warnings);
  }
}
