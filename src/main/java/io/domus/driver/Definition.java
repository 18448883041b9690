// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import java.util.ArrayList;
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

  /** The same with more to warn of. */
  Definition withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Definition(domain, bytes, all);
  }
}
