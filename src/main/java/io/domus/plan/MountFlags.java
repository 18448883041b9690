// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Filesystem;
import java.util.ArrayList;
import java.util.List;

/** The attributes of a mount, by mount(8)'s names. */
public record MountFlags(
    boolean readonly, boolean nosuid, boolean nodev, boolean noexec, boolean noatime) {
  public static final MountFlags NONE = new MountFlags(false, false, false, false, false);
  public static final MountFlags READONLY = new MountFlags(true, false, false, false, false);

  public static MountFlags of(Filesystem.Place place) {
    return new MountFlags(
        place.readonly(),
        place.options().nosuid(),
        place.options().nodev(),
        place.options().noexec(),
        place.options().noatime());
  }

  /** Restricted by both. */
  public MountFlags with(MountFlags other) {
    return new MountFlags(
        readonly || other.readonly,
        nosuid || other.nosuid,
        nodev || other.nodev,
        noexec || other.noexec,
        noatime || other.noatime);
  }

  public boolean none() {
    return equals(NONE);
  }

  /** {@code ro} or {@code rw} first, then what restricts. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(readonly ? "ro" : "rw");
    if (nosuid) {
      words.add("nosuid");
    }
    if (nodev) {
      words.add("nodev");
    }
    if (noexec) {
      words.add("noexec");
    }
    if (noatime) {
      words.add("noatime");
    }
    return List.copyOf(words);
  }
}
