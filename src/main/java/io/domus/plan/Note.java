// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Origin;
import java.util.Objects;

/**
 * Why a step is there.
 *
 * @param purpose a phrase for people: "writable root of the guest"
 * @param origin the element that asked for it, {@link Origin#NONE} if none did
 */
public record Note(String purpose, Origin origin) {
  public Note {
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(origin, "origin");
  }

  public static Note of(String purpose) {
    return new Note(purpose, Origin.NONE);
  }

  public static Note of(String purpose, Origin origin) {
    return new Note(purpose, origin);
  }
}
