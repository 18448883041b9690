// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.NetInterface;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedPortsTest {
  @ParameterizedTest
  @CsvSource({
    "tcp, 81, 1024, true",
    "udp, 1023, 1024, true",
    "tcp, 1024, 1024, false",
    "tcp, 80, 80, false",
    "udp, 1, 0, false",
  })
  void thoseBelowTheFirstAreRoots(String protocol, int port, int first, boolean roots) {
    assertEquals(
        roots
            ? Optional.of(
                protocol
                    + " port "
                    + port
                    + " is root's: ordinary users publish those from "
                    + first
                    + " on (net.ipv4.ip_unprivileged_port_start)")
            : Optional.empty(),
        PublishedPorts.roots(
            new NetInterface.Publish(protocol, Optional.empty(), port, 80), first));
  }
}
