// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What runs as the guest's first process.
 *
 * @param arch libvirt's {@code type/@arch}
 * @param init the program, a path in the guest
 * @param arguments its arguments, without the program's name
 * @param environment added to the fixed environment, in order
 * @param user a name of the guest's passwd, a number, or {@code +NUMBER}
 * @param cmdline what the guest finds in {@code LIBVIRT_LXC_CMDLINE}
 */
public record OsDef(
    Optional<String> arch,
    String init,
    Origin initOrigin,
    List<String> arguments,
    Map<String, String> environment,
    Optional<GuestPath> directory,
    Optional<String> user,
    Optional<String> group,
    Optional<String> cmdline) {
  public OsDef {
    Objects.requireNonNull(arch, "arch");
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(initOrigin, "initOrigin");
    arguments = List.copyOf(arguments);
    environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(cmdline, "cmdline");
    if (init.isEmpty()) {
      throw new IllegalArgumentException("no init");
    }
  }
}
