// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * What the restore of a guest must know of its image.
 *
 * @param options what the dump was made with
 * @param hostname what the guest is to be called from now on, if it is another one's
 */
public record SavedGuest(CriuOptions options, Optional<String> hostname) {
  public SavedGuest {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(hostname, "hostname");
  }

  /** With more options. */
  public SavedGuest and(CriuOptions more) {
    return new SavedGuest(options.and(more), hostname);
  }
}
