// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.HostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a domain has taken of the host for its interfaces: noted before it is taken, a line each, so
 * that whoever clears up after it finds all.
 */
final class TakenNames {
  private static final String NAME = "name ";
  private static final String NETWORK = "network ";

  private final Driver driver;
  private final String domain;
  private final Path file;

  TakenNames(Driver driver, String domain) {
    this.driver = driver;
    this.domain = domain;
    this.file = driver.layout().domain(domain).taken();
  }

  /** Takes a device's name or a port; gives who has it already. */
  Optional<HostNames.Owner> take(String name) throws IOException {
    note(NAME + name);
    return driver.hostNames().take(domain, name);
  }

  /** An address in a network is about to be reserved. */
  void noteNetwork(String network, String mac) throws IOException {
    note(NETWORK + mac + " " + network);
  }

  private void note(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Gives all of it back.
   *
   * @param saved whether the addresses stay reserved
   */
  void release(boolean saved) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    boolean published = publishes();
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(NAME)) {
        driver.hostNames().release(domain, rest(line));
      } else if (line.startsWith(NETWORK) && saved) {
        kept.add(line);
      } else if (line.startsWith(NETWORK)) {
        String[] words = line.substring(NETWORK.length()).split(" ", 2);
        new NetworkAttach(driver).release(words[1], words[0], domain);
      }
    }
    if (kept.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      Files.write(file, kept);
    }
    if (published) {
      new NetworkAttach(driver).refresh();
    }
  }

  /** Gives one name back. */
  void forget(String name) {
    try {
      driver.hostNames().release(domain, name);
      drop(NAME + name);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** Gives the addresses of one interface back. */
  void forgetNetwork(String network, String mac) throws IOException {
    new NetworkAttach(driver).release(network, mac, domain);
    drop(NETWORK + mac + " " + network);
  }

  private void drop(String line) throws IOException {
    if (Files.exists(file)) {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.removeIf(line::equals);
      Files.write(file, lines);
    }
  }

  /** Whether ports of the host lead to the domain. */
  boolean publishes() throws IOException {
    return Files.exists(file)
        && Files.readAllLines(file).stream()
            .anyMatch(line -> line.startsWith(NAME) && PublishedPorts.isPort(rest(line)));
  }

  private static String rest(String line) {
    return line.substring(NAME.length());
  }
}
