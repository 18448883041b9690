// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.DnsmasqHosts;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the dnsmasq of a network that runs who comes and who goes. */
final class GuestAnnouncement {
  private final Driver driver;
  private final NetworkPaths paths;

  GuestAnnouncement(Driver driver, NetworkPaths paths) {
    this.driver = driver;
    this.paths = paths;
  }

  /** What dnsmasq is to read, made only where it is needed; empty once the network has gone. */
  @FunctionalInterface
  interface Source {
    Optional<DnsmasqHosts> read() throws IOException;
  }

  /** What has lost its address to this guest is forgotten with the next change. */
  void make(NetworkReservation guest, DnsmasqHosts hosts) throws IOException {
    if (!Files.isDirectory(paths.hosts())) {
      return;
    }
    Map<String, String> addresses = hosts.addresses();
    Map<String, String> names = hosts.names();
    boolean known = !addresses.containsKey(guest.file());
    String file = known ? DnsmasqHosts.DEFINITION : guest.file();
    boolean again = Files.exists(paths.hosts().resolve(file));
    AtomicFile.write(paths.hosts().resolve(file), addresses.get(file));
    if (names.containsKey(guest.file())) {
      AtomicFile.write(paths.names().resolve(guest.file()), names.get(guest.file()));
    }
    if (again) {
      reload();
    }
  }

  /** What the definition itself says of the guest holds again. */
  void revoke(NetworkReservation guest, Source left) throws IOException {
    Files.deleteIfExists(paths.hosts().resolve(guest.file()));
    Files.deleteIfExists(paths.names().resolve(guest.file()));
    Path definition = paths.hosts().resolve(DnsmasqHosts.DEFINITION);
    if (Files.exists(definition) && Files.readString(definition).contains(guest.mac())) {
      Optional<DnsmasqHosts> hosts = left.read();
      if (hosts.isPresent()) {
        AtomicFile.write(
            definition, hosts.get().addresses().getOrDefault(DnsmasqHosts.DEFINITION, ""));
      }
    }
    // dnsmasq sees files come, but not what it once read go.
    reload();
  }

  private void reload() throws IOException {
    NetworkStep.SignalHelper hangUp =
        new NetworkStep.SignalHelper(
            paths.pid(), NetworkStep.SignalHelper.HUP, Note.of("read all files anew"));
    try {
      driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(List.of(hangUp));
    } catch (StepFailedException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
