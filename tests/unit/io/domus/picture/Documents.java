// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.Checkout;
import io.domus.domain.Condition;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.NetworkDef;
import io.domus.xml.DomainReader;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the tests of this room draw. */
final class Documents {
  private Documents() {}

  /**
   * @param devices what there is within {@code <devices>}, a root filesystem aside
   */
  static DomainDef domain(String name, String devices) {
    return read(
        """
        <domain type='lxc'>
          <name>%s</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          <devices>
        %s
          </devices>
        </domain>
        """
            .formatted(name, devices));
  }

  static DomainDef withRoot(String name, String more) {
    return domain(
        name,
        "<filesystem type='mount'><source dir='/srv/root'/><target dir='/'/></filesystem>" + more);
  }

  private static DomainDef read(String xml) {
    return new DomainReader()
        .read(XmlSource.of("web.xml", xml.getBytes(StandardCharsets.UTF_8)))
        .orThrow();
  }

  /**
   * @param inner what there is within {@code <network>}, its name aside
   */
  static KnownNetwork network(String name, boolean active, String inner) {
    String xml = "<network><name>" + name + "</name>" + inner + "</network>";
    NetworkDef network =
        new NetworkReader()
            .read(XmlSource.of("net.xml", xml.getBytes(StandardCharsets.UTF_8)))
            .orThrow();
    return new KnownNetwork(name, Optional.of(network), active, Optional.empty());
  }

  static KnownDomain known(DomainDef domain, DomainState state) {
    return new KnownDomain(domain.name(), Condition.of(state), Port.of(domain), Optional.empty());
  }

  /** Drawings of the most different things, by name. */
  static Map<String, Drawing> drawings() throws IOException {
    Map<String, Drawing> drawings = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> golden = Files.walk(Checkout.path("tests/golden"), 3)) {
      golden.filter(file -> file.endsWith("domain.xml")).sorted().forEach(files::add);
    }
    for (Path file : files) {
      DomainDef domain =
          new DomainReader().read(XmlSource.of("domain.xml", Files.readAllBytes(file))).orThrow();
      drawings.put(file.toString(), DomainPicture.of(domain, List.of()).drawing());
    }
    drawings.put("no host", new HostGraph(List.of(), List.of()).drawing());
    drawings.put("a hundred", new HostGraph(networks(40), domains(100, 40)).drawing());
    drawings.put("strangers", new HostGraph(List.of(), domains(30, 30)).drawing());
    drawings.put("nobody", new HostGraph(networks(3), List.of()).drawing());
    drawings.put("deep", DomainPicture.of(domain("deep", nested(60)), List.of()).drawing());
    return drawings;
  }

  private static List<KnownNetwork> networks(int number) {
    List<KnownNetwork> networks = new ArrayList<>();
    for (int index = 0; index < number; index++) {
      String mode = index % 3 == 0 ? "" : "<forward mode='nat'/>";
      String ip = "<ip address='10." + index + ".0.1' prefix='24'/>";
      networks.add(network("net" + index, index % 2 == 0, mode + ip));
    }
    return networks;
  }

  /** Some without a network, most with one, some with two. */
  private static List<KnownDomain> domains(int number, int networks) {
    List<KnownDomain> domains = new ArrayList<>();
    for (int index = 0; index < number; index++) {
      StringBuilder interfaces = new StringBuilder();
      for (int each = 0; each < index % 10 && each < 1 + index % 3; each++) {
        interfaces.append("<interface type='network'><source network='net");
        interfaces.append((index * 7 + each) % networks).append("'/></interface>");
      }
      String name = "domain-with-quite-a-long-name-" + index;
      DomainState state = index % 2 == 0 ? DomainState.RUNNING : DomainState.SHUT_OFF;
      domains.add(known(withRoot(name, interfaces.toString()), state));
    }
    return domains;
  }

  /** An overlay in an overlay and so on. */
  static String nested(int depth) {
    StringBuilder inner =
        new StringBuilder("<backingStore type='dir'><target dir='/srv/base'/></backingStore>");
    for (int level = depth; level > 0; level--) {
      inner.insert(
          0,
          "<backingStore type='overlay'><source dir='/srv/"
              + level
              + "/upper'/><source dir='/srv/"
              + level
              + "/work'/>");
      inner.append("</backingStore>");
    }
    return "<filesystem type='overlay'><source dir='/u'/><source dir='/w'/>"
        + inner
        + "<target dir='/'/></filesystem>";
  }
}
