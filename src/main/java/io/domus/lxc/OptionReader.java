// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.MountOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The options of mounts. */
final class OptionReader {
  /** What a domain's mounts do in any case, and what is said by other means. */
  private static final Set<String> MEANT =
      Set.of(
          "async",
          "atime",
          "auto",
          "bind",
          "defaults",
          "dev",
          "diratime",
          "exec",
          "loop",
          "noauto",
          "nofail",
          "nomand",
          "norelatime",
          "nostrictatime",
          "optional",
          "rbind",
          "relatime",
          "relative",
          "ro",
          "rw",
          "suid",
          "create=dir",
          "create=file",
          "nosuid",
          "nodev",
          "noexec",
          "noatime",
          "private",
          "rprivate",
          "slave",
          "rslave");

  private final Report report;

  OptionReader(Report report) {
    this.report = report;
  }

  /**
   * @param known options that the caller reads itself
   */
  MountOptions read(Setting setting, List<String> options, Predicate<String> known) {
    for (String option : options) {
      if (!MEANT.contains(option) && !known.test(option)) {
        report.lost(setting, option, why(option));
      }
    }
    Optional<MountOptions.Propagation> propagation = Optional.empty();
    if (options.contains("slave") || options.contains("rslave")) {
      propagation = Optional.of(MountOptions.Propagation.SLAVE);
    } else if (options.contains("private") || options.contains("rprivate")) {
      propagation = Optional.of(MountOptions.Propagation.PRIVATE);
    }
    return new MountOptions(
        last(options, "nosuid", "suid"),
        last(options, "nodev", "dev"),
        last(options, "noexec", "exec"),
        last(options, "noatime", "atime"),
        propagation);
  }

  static boolean readonly(List<String> options) {
    return last(options, "ro", "rw");
  }

  /** Whether the one stands behind the other, or alone. */
  private static boolean last(List<String> options, String on, String off) {
    return options.lastIndexOf(on) > options.lastIndexOf(off);
  }

  private static String why(String option) {
    return switch (option) {
      case "shared", "rshared", "unbindable", "runbindable" ->
          "the mounts of a guest are private or slave";
      default -> "a domain's filesystem has no such option";
    };
  }
}
