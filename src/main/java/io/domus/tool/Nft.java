// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines of nftables. */
public final class Nft {
  private Nft() {}

  /** Carries out all of a file or nothing of it. */
  public static Command apply(Path file) {
    return Command.of("nft", "-f", file.toString());
  }

  /** Says whether the kernel would take a file. */
  public static Command check(Path file) {
    return Command.of("nft", "-c", "-f", file.toString());
  }

  /** A table goes, with its chains and rules. */
  public static Command deleteTable(String family, String table) {
    return Command.of("nft", "delete", "table", family, table);
  }
}
