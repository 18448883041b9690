// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.executor.ProcessInterpreter;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a network that runs has not any more. */
enum NetworkLoss {
  BRIDGE("bridge lost"),
  SERVER("dnsmasq lost");

  private final String text;

  NetworkLoss(String text) {
    this.text = text;
  }

  /** As lists show it. */
  String text() {
    return text;
  }

  /**
   * @param network one that runs, with the name of its bridge
   */
  static Optional<NetworkLoss> of(Driver driver, NetworkDef network) {
    if (!network.forward().ownsBridge()) {
      return Optional.empty();
    }
    if (!DeviceNames.isThere(network.bridge().name().orElseThrow())) {
      return Optional.of(BRIDGE);
    }
    NetworkPaths paths = driver.layout().network(network.name());
    boolean served = Files.exists(paths.dnsmasq());
    return served && !isAlive(paths.pid()) ? Optional.of(SERVER) : Optional.empty();
  }

  private static boolean isAlive(Path pid) {
    try {
      return ProcessInterpreter.alive(ProcessId.parse(Files.readString(pid)));
    } catch (IOException | IllegalArgumentException gone) {
      return false;
    }
  }
}
