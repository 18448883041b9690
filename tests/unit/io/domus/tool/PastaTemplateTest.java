// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastaTemplateTest {
  /** As the kernel prints them: device, destination, gateway, flags, ..., mask, ... */
  private static String line(String route) {
    boolean first = route.startsWith("default@");
    String device = route.replace("default@", "");
    return device
        + "\t"
        + (first ? "00000000\t0700010A\t0003" : "0000010A\t00000000\t0001")
        + "\t0\t0\t0\t"
        + (first ? "00000000" : "00FFFFFF")
        + "\t0\t0\t0      ";
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    // routes, devices without carrier, what pasta must be told
    "default@eth0 eth0, , ",
    "default@eth0 eth0 virbr0, virbr0, ",
    "virbr0 eth0, virbr0, ",
    "virbr0, virbr0, lo",
    "default@eth0 eth0, eth0, lo",
    "default@eth0 eth0 wlan0, eth0, wlan0",
    "default@eth0 default@wlan0 tun0 eth0 wlan0, eth0, wlan0",
    "default@wlan0 default@eth0 eth0 wlan0, eth0, ",
    "default@eth0 virbr0 eth0, eth0 virbr0, lo",
    ", , lo",
  })
  void goesAroundWhatHasNoCarrier(String routes, String down, String device) {
    List<String> table = new ArrayList<>(List.of("Iface\tDestination\tGateway \tFlags\tRefCnt"));
    words(routes).forEach(route -> table.add(line(route)));
    assertEquals(
        new PastaTemplate(Optional.ofNullable(device), Set.copyOf(words(down))),
        PastaTemplate.of(table, name -> !words(down).contains(name)));
  }
}
