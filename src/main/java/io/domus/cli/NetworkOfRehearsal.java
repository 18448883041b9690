// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network that leads nowhere, and a guest on it, with what most have. */
final class NetworkOfRehearsal {
  /** Of both. */
  static final String NAME = "rehearsal-net";

  private NetworkOfRehearsal() {}

  static Path network(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("network.xml"),
        """
        <network>
          <name>%s</name>
          <bridge name='rehearsal0'/>
          <ip address='192.0.2.1' prefix='24'><dhcp><range start='192.0.2.2' end='192.0.2.99'/></dhcp></ip>
          <ip family='ipv6' address='2001:db8:2::1' prefix='64'/>
        </network>
        """
            .formatted(NAME));
  }

  static Path guest(Path directory) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    for (String below : new String[] {"etc", "proc", "sys", "dev"}) {
      Files.createDirectories(tree.resolve(below));
    }
    return Files.writeString(
        directory.resolve("connected.xml"),
        """
        <domain type='lxc'>
          <name>%1$s</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          <devices>
            <filesystem type='mount'><source dir='%2$s'/><target dir='/'/></filesystem>
            <interface type='network'><source network='%1$s'/></interface>
          </devices>
        </domain>
        """
            .formatted(NAME, tree));
  }
}
