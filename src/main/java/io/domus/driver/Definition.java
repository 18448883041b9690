// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import java.util.List;
import java.util.Objects;

/**
 * A definition as read, and the bytes it was read from.
 *
 * @param warnings rendered, a string each
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed on, never compared or changed
public record Definition(DomainDef domain, byte[] bytes, List<String> warnings) {
  public Definition {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(bytes, "bytes");
    warnings = List.copyOf(warnings);
  }
}
