// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IdMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What there is for a guest whose ids Domus chooses.
 *
 * @param range the host's ids that are its own
 * @param kept whether they are the domain's already; else they are those that are free just now
 * @param places where the directories lie that its overlays write to; of what is not there yet
 *     nothing is known
 */
public record GuestMapping(IdMap.Range range, boolean kept, Map<Path, Place> places) {
  /**
   * @param real without symbolic links
   * @param mount the mount point that it is below
   */
  public record Place(Path real, Path mount) {
    public Place {
      Objects.requireNonNull(real, "real");
      Objects.requireNonNull(mount, "mount");
    }
  }

  public GuestMapping {
    Objects.requireNonNull(range, "range");
    places = Map.copyOf(places);
  }
}
