// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines of dnsmasq. */
public final class Dnsmasq {
  private Dnsmasq() {}

  /** Puts itself into the background once it serves; reads that file and no other. */
  public static Command serve(Path configuration) {
    return Command.of("dnsmasq", "--conf-file=" + configuration);
  }

  /** Says whether a configuration is well-formed. */
  public static Command check(Path configuration) {
    return Command.of("dnsmasq", "--test", "--conf-file=" + configuration);
  }
}
