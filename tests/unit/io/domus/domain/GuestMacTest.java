// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GuestMacTest {
  private static final UUID ONE = UUID.fromString("6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11");
  private static final UUID OTHER = UUID.fromString("6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c12");

  private static DomainDef domain(UUID uuid, String... interfaces) {
    String text =
        "<domain type='lxc'><name>a</name><memory>1</memory><os><type>exe</type><init>/i</init>"
            + "</os><devices><filesystem><source dir='/s'/><target dir='/'/></filesystem>"
            + String.join("", interfaces)
            + "</devices></domain>";
    return new DomainReader()
        .read(XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))
        .orThrow()
        .withIdentity(uuid);
  }

  private static String network(String name, String... more) {
    return "<interface type='network'>"
        + String.join("", more)
        + "<source network='"
        + name
        + "'/></interface>";
  }

  private static List<String> macs(DomainDef domain) {
    return GuestMac.complete(domain).interfaces().stream()
        .map(each -> each.mac().orElseThrow())
        .toList();
  }

  @Test
  void whatTheDefinitionSaysStays() {
    String own = "52:54:00:01:02:03";
    List<String> macs =
        macs(domain(ONE, network("a"), network("a", "<mac address='" + own + "'/>")));
    assertEquals(own, macs.getLast());
    assertTrue(macs.getFirst().matches("52:54(:[0-9a-f]{2}){4}"), macs.getFirst());
  }

  @Test
  void oneDomainHasTheSameWhereverAnInterfaceStands() {
    List<String> macs = macs(domain(ONE, network("a"), network("b"), network("a")));
    assertEquals(3, new HashSet<>(macs).size());
    assertEquals(macs.get(1), macs(domain(ONE, network("b"))).getFirst());
    assertEquals(macs.getFirst(), macs(domain(ONE, network("b"), network("a"))).getLast());
  }

  @Test
  void anotherDomainHasOthers() {
    assertNotEquals(macs(domain(ONE, network("a"))), macs(domain(OTHER, network("a"))));
  }

  @Test
  void theHostsEndIsHigherThanAll() {
    assertEquals("fe:54:00:01:02:03", GuestMac.ofHostEnd("52:54:00:01:02:03"));
    assertEquals("fa:54:00:01:02:03", GuestMac.ofHostEnd("fe:54:00:01:02:03"));
  }
}
