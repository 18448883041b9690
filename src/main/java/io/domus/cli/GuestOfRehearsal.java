// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A domain with what most have: an overlay, a bind mount, a memory limit. */
final class GuestOfRehearsal {
  static final String NAME = "rehearsal";

  private GuestOfRehearsal() {}

  /** Makes its layers in a directory, and returns its definition. */
  static Path write(Path directory) throws IOException {
    for (String layer : new String[] {"base", "upper", "work", "merged", "data"}) {
      Files.createDirectories(directory.resolve(layer));
    }
    return Files.writeString(
        directory.resolve(NAME + ".xml"),
        """
        <domain type='lxc'>
          <name>%1$s</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          <devices>
            <filesystem type='overlay'>
              <source dir='%2$s/upper'/><source dir='%2$s/work'/>
              <backingStore type='dir'><target dir='%2$s/base'/></backingStore>
              <target dir='/'/>
            </filesystem>
            <filesystem type='mount'><source dir='%2$s/data'/><target dir='/data'/></filesystem>
            <console type='pty'/>
          </devices>
        </domain>
        """
            .formatted(NAME, directory));
  }
}
