// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CheckpointFacts;
import io.domus.compiler.VersionNumber;
import io.domus.domain.Capability;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CriuError;
import io.domus.tool.CriuErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What this host has for dumps of guests. What it costs to ask is paid once. */
final class CheckpointProbe {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Driver driver;
  private Optional<CheckpointFacts> known = Optional.empty();

  CheckpointProbe(Driver driver) {
    this.driver = driver;
  }

  CheckpointFacts facts() {
    if (known.isEmpty()) {
      Optional<Path> criu = HostTools.find("criu");
      known =
          Optional.of(
              new CheckpointFacts(
                  criu.isPresent(),
                  criu.flatMap(program -> output(program, "--version"))
                      .flatMap(VersionNumber::find),
                  kernel(),
                  runtime(),
                  HostTools.find("iptables-restore").isPresent(),
                  HostProbe.capabilities().contains(Capability.SYS_RESOURCE)));
    }
    return known.get();
  }

  private static Optional<VersionNumber> kernel() {
    try {
      return VersionNumber.find(Files.readString(Path.of("/proc/sys/kernel/osrelease")));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** crun says what it was built with; runc always knows CRIU. */
  private boolean runtime() {
    Optional<String> said = HostTools.find("crun").flatMap(program -> output(program, "--version"));
    return said.isEmpty() || said.get().contains("+CRIU");
  }

  private Optional<String> output(Path program, String option) {
    try {
      return Optional.of(driver.runner().run(Command.of(program.toString(), option), LIMIT))
          .filter(CommandResult::succeeded)
          .map(CommandResult::stdout);
    } catch (CommandException silent) {
      return Optional.empty();
    }
  }

  /** What CRIU finds missing in this kernel or in our rights; empty if nothing, or no criu. */
  Optional<String> complaint(String... options) {
    Optional<Path> criu = HostTools.find("criu");
    if (criu.isEmpty()) {
      return Optional.empty();
    }
    String[] words = new String[options.length + 2];
    words[0] = criu.get().toString();
    words[1] = "check";
    System.arraycopy(options, 0, words, 2, options.length);
    try {
      CommandResult result = driver.runner().run(Command.of(words), LIMIT);
      return result.succeeded() ? Optional.empty() : Optional.of(text(result));
    } catch (CommandException failure) {
      return Optional.of(failure.getMessage());
    }
  }

  private static String text(CommandResult result) {
    return CriuErrors.cause(result.stderr()).map(CriuError::text).orElse(result.complaint());
  }
}
