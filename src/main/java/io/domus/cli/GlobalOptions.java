// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stands before the command. */
@Command(name = "domus", description = "Manages containers the libvirt way.")
final class GlobalOptions {
  @Option(
      names = {"-c", "--connect"},
      paramLabel = "URI",
      description = "Where the domains are: lxc:///system, or lxc:///embed?root=DIR (DOMUS_URI).")
  private String uri;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no confirmations.")
  private boolean quiet;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version of Domus and exit.")
  private boolean version;

  /** Null if not given. */
  String uri() {
    return uri;
  }

  boolean quiet() {
    return quiet;
  }

  boolean version() {
    return version;
  }
}
