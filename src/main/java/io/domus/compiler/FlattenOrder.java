// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be merged.
 *
 * @param runs adjacent layers that become one
 * @param records of all upper directories beneath which such layers lie
 * @param unused the layers that nobody needs any more when that is done
 */
public record FlattenOrder(
    String domain, List<Run> runs, List<Record> records, List<Unused> unused) {
  public FlattenOrder {
    Objects.requireNonNull(domain, "domain");
    runs = List.copyOf(runs);
    records = List.copyOf(records);
    unused = List.copyOf(unused);
  }

  /**
   * Layers that become one.
   *
   * @param layers the topmost first
   * @param merged the layer they become
   * @param description the file that describes it
   * @param text what that says
   */
  public record Run(
      List<SealedLayer> layers,
      UpperLayers.Marks marks,
      SealedLayer merged,
      Path description,
      String text) {
    public Run {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What lies beneath an upper directory.
   *
   * @param file that says so
   * @param before what it says now; empty if the directory was moved since it was recorded
   * @param displaced where a record is to be kept that bears its name and tells of another
   *     directory
   * @param former the record of the place where the directory was before it was moved
   */
  public record Record(
      Path upper,
      UpperLayers layers,
      Path file,
      Optional<String> before,
      Optional<Path> displaced,
      Optional<Path> former) {}

  /** A layer that goes, and the file that describes it. */
  public record Unused(SealedLayer layer, Path description) {}
}
