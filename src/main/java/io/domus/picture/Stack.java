// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.GuestPath;
import io.domus.domain.Origin;
import java.util.List;
import java.util.Objects;

/**
 * A filesystem of a guest, and what it is made of.
 *
 * @param kind of filesystem
 * @param layers the topmost first
 */
public record Stack(
    GuestPath target, String kind, boolean readonly, List<Layer> layers, Origin origin) {
  public Stack {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(kind, "kind");
    layers = List.copyOf(layers);
    Objects.requireNonNull(origin, "origin");
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("nothing is at " + target);
    }
  }

  /** How many layers are looked into. */
  public long depth() {
    return layers.stream().filter(layer -> layer.order().isPresent()).count();
  }

  String sentence() {
    String layered = depth() > 1 ? ", " + depth() + " layers" : "";
    String place = origin.known() ? " (" + origin + ")" : "";
    return target + ": " + kind + layered + ", " + mode() + place;
  }

  String mode() {
    return readonly ? "read-only" : "read-write";
  }
}
