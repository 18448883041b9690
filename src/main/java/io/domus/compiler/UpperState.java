// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An upper directory of a domain that is off, and the layer that it would become.
 *
 * @param empty nothing has been written since it was made: there is nothing to seal
 * @param beneath what was sealed beneath it before
 * @param record the file that says so
 * @param before what the record says now
 * @param next the layer it would become, on the same mount
 * @param description the file that would describe the layer
 * @param text what that file would say
 */
public record UpperState(
    boolean empty,
    UpperLayers beneath,
    Path record,
    Optional<String> before,
    SealedLayer next,
    Path description,
    String text) {
  public UpperState {
    Objects.requireNonNull(beneath, "beneath");
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(text, "text");
  }
}
