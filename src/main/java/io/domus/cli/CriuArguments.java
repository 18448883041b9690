// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.CriuOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the command line says to CRIU, beside what the definition does. */
final class CriuArguments {
  static final String STATS = "--print-stats";
  static final String STATS_TEXT =
      "Print what CRIU has counted: microseconds, and pages of memory.";
  static final String PRE_DUMP = "--pre-dump";

  private CriuArguments() {}

  static Syntax add(Syntax syntax) {
    return syntax
        .flag("Keep established TCP connections.", "--tcp-established")
        .flag("Let the guest find its TCP connections closed.", "--tcp-close")
        .flag("Keep file locks.", "--file-locks")
        .flag("Keep unix sockets whose other end is outside.", "--ext-unix-sk")
        .flag("The guest's terminal is somebody else's.", "--shell-job")
        .value("METHOD", "Hold packets back by nftables, iptables, or skip.", "--network-lock")
        .value(
            "MODE",
            "Have CRIU treat cgroups: soft, full, strict or ignore, which is the default.",
            "--manage-cgroups")
        .value("FILE", "A program that is told of CRIU's stages.", "--action-script");
  }

  /** For what dumps a guest. */
  static Syntax addDump(Syntax syntax) {
    return add(syntax).count("N", "Copy memory in N rounds first, while the guest runs.", PRE_DUMP);
  }

  static CriuOptions options(Arguments arguments) {
    if (arguments.flag("--tcp-established") && arguments.flag("--tcp-close")) {
      throw arguments.fault("--tcp-established and --tcp-close exclude each other");
    }
    check(arguments, "--network-lock", List.of("nftables", "iptables", "skip"));
    check(arguments, "--manage-cgroups", List.of("soft", "full", "strict", "ignore"));
    return new CriuOptions(
        arguments.flag("--tcp-established"),
        arguments.flag("--tcp-close"),
        arguments.flag("--file-locks"),
        arguments.flag("--ext-unix-sk"),
        arguments.flag("--shell-job"),
        arguments.text("--network-lock"),
        arguments.text("--manage-cgroups"),
        arguments.text("--action-script").map(text -> Path.of(text).toAbsolutePath().normalize()),
        arguments.text("--lsm-profile"),
        arguments.text("--lsm-mount-context"),
        rounds(arguments));
  }

  private static int rounds(Arguments arguments) {
    int rounds = Optional.<Integer>ofNullable(arguments.value(PRE_DUMP, null)).orElse(0);
    if (rounds < 0 || rounds > CriuOptions.MOST_PRE_DUMPS) {
      throw arguments.fault(
          PRE_DUMP + " must be from 0 to " + CriuOptions.MOST_PRE_DUMPS + ", not " + rounds);
    }
    return rounds;
  }

  private static void check(Arguments arguments, String option, List<String> words) {
    arguments
        .text(option)
        .filter(word -> !words.contains(word))
        .ifPresent(
            word -> {
              throw arguments.fault(
                  "'%s' is none of %s: %s".formatted(word, String.join(", ", words), option));
            });
  }
}
