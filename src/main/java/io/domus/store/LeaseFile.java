// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** dnsmasq's own file of leases: a line each, those of IPv6 below a line with its own DUID. */
public final class LeaseFile {
  private static final String NOTHING = "*";

  private LeaseFile() {}

  /**
   * A lease.
   *
   * @param expiry empty if it lasts for ever
   * @param mac empty for IPv6, where guests are known by other things
   * @param client its identifier, a DUID for IPv6
   */
  public record Lease(
      Optional<Instant> expiry,
      Optional<String> mac,
      IpAddress address,
      Optional<String> name,
      Optional<String> client) {
    public Lease {
      Objects.requireNonNull(expiry, "expiry");
      Objects.requireNonNull(mac, "mac");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(client, "client");
    }

    public boolean isOver(Instant now) {
      return expiry.filter(end -> end.isBefore(now)).isPresent();
    }
  }

  /** Those on file, over or not; none if there is no file. */
  public static List<Lease> read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  static List<Lease> parse(String text) {
    List<Lease> leases = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      Optional<IpAddress> address = words.length < 5 ? Optional.empty() : IpAddress.parse(words[2]);
      if (address.isEmpty() || !words[0].chars().allMatch(Character::isDigit)) {
        continue;
      }
      long end = Long.parseLong(words[0]);
      boolean six = address.get().family() == IpAddress.Family.IPV6;
      leases.add(
          new Lease(
              end == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(end)),
              six ? Optional.empty() : Optional.of(words[1]),
              address.get(),
              known(words[3]),
              known(words[4])));
    }
    return leases;
  }

  private static Optional<String> known(String word) {
    return word.equals(NOTHING) ? Optional.empty() : Optional.of(word);
  }
}
