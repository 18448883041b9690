// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A place of the host that a domain uses, and what for.
 *
 * @param qcow2 whether it is an image in this format, which may be backed by another one
 */
public record HostUse(Role role, Path path, boolean qcow2) {
  /** What a place is to the domain. */
  public enum Role {
    UPPER(Access.WRITES, "upper directory"),
    WORK(Access.WRITES, "work directory"),
    /** The root, where that is a directory of the host. */
    ROOT(Access.WRITES, "directory"),
    IMAGE(Access.WRITES, "image"),
    VOLUME(Access.WRITES, "volume"),
    LAYER(Access.RELIES, "layer"),
    /** The upper directory of an overlay that serves as a layer. */
    INNER_UPPER(Access.RELIES, "layer"),
    /** What is read as it is, or shared with whoever else writes to it. */
    SHARED(Access.SHARES, "directory"),
    READ_IMAGE(Access.SHARES, "image");

    private final Access access;
    private final String noun;

    Role(Access access, String noun) {
      this.access = access;
      this.noun = noun;
    }

    public Access access() {
      return access;
    }

    /** What people call it: {@code upper directory}. */
    public String noun() {
      return noun;
    }
  }

  /** How a place is used. */
  public enum Access {
    WRITES,
    /** It must not change, or what lies on it is worth nothing. */
    RELIES,
    SHARES
  }

  public HostUse {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(path, "path");
  }

  public static HostUse of(Role role, Path path) {
    return new HostUse(role, path, false);
  }

  public boolean writes() {
    return role.access() == Access.WRITES;
  }

  /** Whether layers may have been sealed beneath it. */
  public boolean mayLieOnLayers() {
    return role == Role.UPPER || role == Role.INNER_UPPER || qcow2;
  }

  public boolean relies() {
    return role.access() == Access.RELIES;
  }
}
