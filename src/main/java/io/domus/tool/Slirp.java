// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of slirp4netns, which gives a network namespace a network of its own making. */
public final class Slirp {
  public static final String PROGRAM = "slirp4netns";

  /** The guest's address in that network. */
  public static final String ADDRESS = "10.0.2.100";

  public static final int PREFIX = 24;

  /** Who answers for names there. */
  public static final String SERVER = "10.0.2.3";

  /** The largest that it can have: fewer packets. */
  private static final int MTU = 65520;

  private Slirp() {}

  /** All but the namespace, the device's name, and where it says that it is ready. */
  public static List<String> words(String mac, Optional<Integer> mtu) {
    List<String> words = new ArrayList<>(List.of(PROGRAM, "--configure"));
    words.addAll(List.of("--mtu=" + mtu.orElse(MTU), "--macaddress=" + mac));
    words.addAll(List.of("--disable-host-loopback", "--enable-sandbox", "--enable-seccomp"));
    return words;
  }
}
