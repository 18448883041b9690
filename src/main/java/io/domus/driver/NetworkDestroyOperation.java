// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetworkPort;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.plan.Plan;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Ends a network that nobody uses, or, by force, one that somebody does. */
public final class NetworkDestroyOperation {
  private final Driver driver;

  public NetworkDestroyOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param force also if domains are connected; they are connected again when it is started
   */
  public void run(String name, boolean force) {
    try (NetworkJob job = NetworkJob.beginOnHost(driver, cannot(name))) {
      NetworkRecord record = active(name, job.record(name));
      if (!force) {
        checkUnused(name, record);
      }
      new NetworkSequence(driver).stop(name, record);
      driver.events().appendNetwork(name, "stopped", force ? "by force" : "");
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** What {@link #run} would do. */
  public Plan rehearse(String name, boolean force) {
    try {
      NetworkRecord record = active(name, driver.networkStatuses().read(name));
      if (!force) {
        checkUnused(name, record);
      }
      return new NetworkSequence(driver).stopPlan(name, record);
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  private static NetworkRecord active(String name, Optional<NetworkRecord> record) {
    return record.orElseThrow(
        () -> new OperationInvalidException("network '" + name + "' is not active"));
  }

  private void checkUnused(String name, NetworkRecord record) throws IOException {
    TreeSet<String> users = new TreeSet<>();
    for (NetworkPort port : new NetworkRuns(driver).ports(name)) {
      users.add("domain '" + port.domain() + "'");
    }
    if (users.isEmpty()) {
      foreignPorts(name, record).forEach(device -> users.add("device " + device));
    }
    if (!users.isEmpty()) {
      throw new ResourceBusyException(
          cannot(name)
              + ": it is in use by "
              + String.join(", ", users)
              + " (--force ends the network all the same)");
    }
  }

  /** What somebody else has connected to a bridge of ours. */
  private List<String> foreignPorts(String name, NetworkRecord record) throws IOException {
    var network = new NetworkDefinitionReader(driver).recorded(name, record).network();
    if (!network.forward().ownsBridge()) {
      return List.of();
    }
    Path ports = DeviceNames.DEVICES.resolve(network.bridge().name().orElseThrow()).resolve("brif");
    try (Stream<Path> devices = Files.list(ports)) {
      return devices.map(device -> device.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static String cannot(String name) {
    return "cannot destroy network '" + name + "'";
  }

  private static OperationFailedException failed(String name, Exception failure) {
    return new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
  }
}
