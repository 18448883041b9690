// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a published port its network must go with.
 *
 * @param asked the host's address that it is of
 * @param own the addresses of the interface that publishes it
 */
record PublishedClaim(Optional<IpAddress> asked, List<IpAddress> own) {
  PublishedClaim {
    Objects.requireNonNull(asked, "asked");
    own = List.copyOf(own);
  }

  /** As a claim has it: no address has a slash or a comma. */
  String text() {
    return asked.map(IpAddress::toString).orElse("")
        + "/"
        + String.join(",", own.stream().map(IpAddress::toString).toList());
  }

  static PublishedClaim parse(String text) {
    int slash = text.indexOf('/');
    return new PublishedClaim(
        IpAddress.parse(text.substring(0, slash)),
        Arrays.stream(text.substring(slash + 1).split(","))
            .flatMap(each -> IpAddress.parse(each).stream())
            .toList());
  }
}
