// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.GuestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where in the guest a mount goes: LXC writes it from the root of the guest or of the host. */
final class TargetReader {
  private final List<String> prefixes;
  private final boolean hostRoot;

  /**
   * @param root what lxc.rootfs.path names, without its kind; empty if nothing
   * @param others further places by which configurations name the guest's root
   */
  TargetReader(String root, List<String> others) {
    List<String> all = new ArrayList<>(others);
    all.add(root);
    prefixes = all.stream().filter(path -> path.startsWith("/")).map(TargetReader::bare).toList();
    hostRoot = root.isEmpty();
  }

  private static String bare(String path) {
    return path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
  }

  /** Empty if the target is not in the guest. */
  Optional<GuestPath> read(String target) {
    if (!target.startsWith("/") || hostRoot) {
      return PathText.guest(target);
    }
    String path = target.replaceAll("/+", "/");
    return prefixes.stream()
        .filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
        .max(java.util.Comparator.comparingInt(String::length))
        .flatMap(prefix -> PathText.guest(path.substring(prefix.length())));
  }
}
