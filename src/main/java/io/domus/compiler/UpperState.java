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
 * @param before what the record says now; empty if it tells of another directory
 * @param displaced where a record is to be kept that tells of another directory
 * @param former the record of the place where the directory was before somebody moved it here
 * @param index that overlayfs keeps of it, in its work directory
 * @param next the layer it would become, on the same mount
 * @param description the file that would describe the layer
 * @param text what that file would say
 */
public record UpperState(
    boolean empty,
    UpperLayers beneath,
    Path record,
    Optional<String> before,
    Optional<Path> displaced,
    Optional<Path> former,
    Optional<Path> index,
    SealedLayer next,
    Path description,
    String text) {
  public UpperState {
    Objects.requireNonNull(beneath, "beneath");
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(displaced, "displaced");
    Objects.requireNonNull(former, "former");
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(text, "text");
  }
}
