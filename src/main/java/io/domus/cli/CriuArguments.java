// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.CriuOptions;
import java.nio.file.Path;
import java.util.List;

/** What the command line says to CRIU, beside what the definition does. */
final class CriuArguments {
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

  static CriuOptions options(Arguments arguments) {
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
        arguments.text("--lsm-mount-context"));
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
