// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationFailedException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.Ip;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a guest's network namespace for addresses that nothing here has chosen. */
final class GuestAddresses {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final CommandRunner runner;

  GuestAddresses(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * An interface with the addresses that it has.
   *
   * @param init the guest's
   */
  NetInterface complete(NetInterface each, int init) {
    try {
      CommandResult result = runner.run(Ip.addresses(init), LIMIT);
      if (!result.succeeded()) {
        throw new IOException(result.complaint());
      }
      List<NetInterface.Address> addresses = new ArrayList<>();
      for (Object device : JSON.std.listFrom(result.stdout())) {
        if (device instanceof Map<?, ?> entry
            && each.guest().equals(Optional.ofNullable(entry.get("ifname")))
            && entry.get("addr_info") instanceof List<?> found) {
          found.forEach(item -> address(item).ifPresent(addresses::add));
        }
      }
      return each.withAddresses(addresses);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot ask the guest for its addresses: " + failure.getMessage(), failure);
    }
  }

  /** One that reaches beyond its link. */
  private static Optional<NetInterface.Address> address(Object item) {
    if (item instanceof Map<?, ?> entry
        && !"link".equals(entry.get("scope"))
        && entry.get("local") instanceof String text
        && entry.get("prefixlen") instanceof Integer prefix) {
      return IpAddress.parse(text)
          .map(
              address ->
                  new NetInterface.Address(
                      address.family().text(),
                      address.toString(),
                      Optional.of(prefix),
                      Optional.empty()));
    }
    return Optional.empty();
  }
}
