// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import io.domus.plan.Strategy;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointLintTest {
  private static final CheckpointFacts GOOD = facts("4.2", "6.12.1", true, true);

  private static CheckpointFacts facts(
      String criu, String kernel, boolean runtime, boolean iptables) {
    return new CheckpointFacts(
        true, VersionNumber.find(criu), VersionNumber.find(kernel), runtime, iptables, true);
  }

  private static DomainDef domain(String more, String devices) {
    String text =
        """
        <domain type='lxc'>
          <name>web</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          %s
          <devices>
            <filesystem type='overlay'>
              <source dir='/up'/><source dir='/work'/>
              <backingStore type='dir'><source dir='/base'/></backingStore>
              <target dir='/'/>
            </filesystem>
            %s
          </devices>
        </domain>
        """
            .formatted(more, devices);
    return new DomainReader()
        .read(XmlSource.of("web.xml", text.getBytes(StandardCharsets.UTF_8)))
        .orThrow();
  }

  private static HostFacts host(Map<Path, SourceFacts> sources) {
    return new HostFacts(
        new ToolFacts(Path.of("/c"), Path.of("/m"), Path.of("/s"), Path.of("/e"), List.of()),
        false,
        true,
        List.of(),
        HostFacts.Qcow.NONE,
        List.of(),
        1,
        Set.of(),
        sources,
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private static String said(DomainDef domain, CheckpointFacts facts) {
    return String.join(
        "\n", CheckpointLint.check(domain, facts).stream().map(Obstacle::sentence).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "3.17.1, 6.13.0, CRIU 3.17.1 cannot run on Linux 6.13; install CRIU 4.1",
    "4.0, 6.18.5, CRIU 4.0 cannot run on Linux 6.18.5; install CRIU 4.1",
    "4.1, 6.16.0, CRIU 4.1 cannot restore mounts on Linux 6.16; install CRIU 4.1.1",
    "4.1.1, 6.18.5, CRIU 4.1.1 cannot dump a guest that has a TCP or UDP socket on Linux 6.18.5;"
        + " install CRIU 4.2",
    "4.2, 6.18.5, ''",
    "4.1.1, 6.12.0, ''",
    "3.17.1, 6.12.90, ''",
    "unknown, 6.18.5, ''",
  })
  void versions(String criu, String kernel, String text) {
    List<Obstacle> found = CheckpointLint.check(domain("", ""), facts(criu, kernel, true, true));
    assertEquals(text, String.join("\n", found.stream().map(Obstacle::message).toList()));
  }

  @Test
  void whatTheHostLacks() {
    DomainDef plain = domain("", "");
    assertEquals("", said(plain, GOOD));
    assertEquals(
        "criu is not installed; install criu [checkpoint.criu-missing]",
        said(
            plain,
            new CheckpointFacts(false, Optional.empty(), Optional.empty(), false, false, false)));
    assertEquals(
        "the container runtime was built without CRIU [checkpoint.runtime]",
        said(plain, facts("4.2", "6.12.1", false, true)));
    CheckpointFacts lockless = facts("4.2", "6.12.1", true, false);
    String lock =
        "CRIU locks the guest's network with iptables-restore, which is not installed; install"
            + " iptables [checkpoint.network-lock]";
    assertEquals(lock, said(plain, lockless));
    assertEquals(lock, said(domain("<checkpoint networkLock='iptables'/>", ""), lockless));
    assertEquals("", said(domain("<checkpoint networkLock='nftables'/>", ""), lockless));
    assertEquals("", said(domain("<checkpoint networkLock='skip'/>", ""), lockless));
  }

  @Test
  void whatTheDefinitionAsksFor() {
    String ids =
        "<idmap><uid start='0' target='100000' count='9'/><gid start='0' target='100000'"
            + " count='9'/></idmap>";
    assertEquals(
        "the guest has mapped ids, and CRIU cannot dump the devices that are mounted for it"
            + " (web.xml:5) [checkpoint.idmap]",
        said(domain(ids, ""), GOOD));
    assertEquals(
        "CRIU cannot dump a process that has '/dev/fuse' open (web.xml:12) [checkpoint.device]",
        said(domain("", device("/dev/fuse")), GOOD));
    assertEquals("", said(domain("", device("/dev/net/tun")), GOOD));
    assertEquals(
        "network device 'eno1' of the host cannot be brought back (web.xml:12)"
            + " [checkpoint.host-link]",
        said(
            domain(
                "",
                "<hostdev mode='capabilities' type='net'><source><interface>eno1</interface>"
                    + "</source></hostdev>"),
            GOOD));
    assertEquals(
        "CRIU cannot dump a process that has '/dev/sda' open (web.xml:12) [checkpoint.device]",
        said(
            domain("", "<disk type='block'><source dev='/dev/loop7'/><target dev='sda'/></disk>"),
            GOOD));
    assertEquals(
        "",
        said(
            domain(
                "",
                "<console type='pty'/><filesystem type='ram'><source usage='9' units='MiB'/>"
                    + "<target dir='/tmp'/></filesystem>"),
            GOOD));
  }

  private static String device(String node) {
    return "<hostdev mode='capabilities' type='misc'><source><char>%s</char></source></hostdev>"
        .formatted(node);
  }

  @Test
  void rootsOfTwoOverlays() {
    DomainDef domain = domain("", "");
    HostFacts plain = host(Map.of());
    assertEquals(Optional.empty(), CheckpointLint.root(domain, Strategy.Kind.FLAT, plain));
    assertEquals(Optional.empty(), CheckpointLint.root(domain, Strategy.Kind.MATERIALISE, plain));
    Obstacle nested = CheckpointLint.root(domain, Strategy.Kind.NEST, plain).orElseThrow();
    assertEquals(Obstacle.Kind.NESTED_ROOT, nested.kind());
    assertEquals(7, nested.origin().line());
    HostFacts overlay =
        host(Map.of(Path.of("/base"), new SourceFacts(SourceFacts.Kind.DIRECTORY, true)));
    Obstacle layer = CheckpointLint.root(domain, Strategy.Kind.FLAT, overlay).orElseThrow();
    assertTrue(layer.text().startsWith("layer '/base' of the root lies on an overlay"));
    assertEquals(9, layer.origin().line());
  }

  /** A dump that may work is not refused. */
  @Test
  void notAllOfThemAreCertain() {
    assertTrue(Obstacle.Kind.CRIU_MISSING.certain());
    assertFalse(Obstacle.Kind.DEVICE.certain());
    assertFalse(Obstacle.Kind.NESTED_ROOT.certain());
    assertFalse(Obstacle.Kind.CRIU_SOCKETS.certain());
  }
}
