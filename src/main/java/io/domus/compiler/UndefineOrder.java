// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainPaths;
import io.domus.plan.Warning;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A domain to be forgotten with its storage, and what of the host is to go.
 *
 * @param id tells what this operation removes from what others do
 * @param identity the file with the uuid that Domus gave to the domain, if there is one
 * @param storage what the domain alone writes to
 * @param layers sealed layers that nobody needs any more
 * @param warnings of what is kept
 */
public record UndefineOrder(
    String name,
    String id,
    DomainPaths paths,
    Optional<Path> identity,
    List<Removal> storage,
    List<Removal> layers,
    List<Warning> warnings) {
  public UndefineOrder {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(paths, "paths");
    Objects.requireNonNull(identity, "identity");
    storage = List.copyOf(storage);
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
  }
}
