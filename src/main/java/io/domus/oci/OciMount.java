// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.util.List;
import java.util.Objects;

/**
 * An entry of {@code mounts}: the runtime mounts it below the root, resolving guest paths safely.
 */
public record OciMount(String destination, String type, String source, List<String> options) {
  public OciMount {
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
    options = List.copyOf(options);
  }
}
