// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Networks for domains of a site, and a namespace that plays the world outside. */
final class Lab implements AutoCloseable {
  static final String OUTSIDE = "203.0.113.2";
  static final String HOST = "203.0.113.1";

  private final Site site;

  private Lab(Site site) {
    this.site = site;
  }

  /** A network {@code lab} with both families, and one that is isolated, {@code quiet}. */
  static Lab open(Site site) throws Exception {
    Lab lab = new Lab(site);
    lab.start(
        """
        <network>
          <name>lab</name>
          <forward mode='nat'><nat ipv6='yes'/></forward>
          <bridge name='itlab0'/>
          <domain name='lab.example'/>
          <ip address='10.88.0.1' prefix='24'>
            <dhcp><range start='10.88.0.100' end='10.88.0.199'/></dhcp>
          </ip>
          <ip family='ipv6' address='fd88::1' prefix='64'/>
        </network>
        """,
        "lab");
    lab.start(
        """
        <network>
          <name>quiet</name>
          <bridge name='itlab1'/>
          <ip address='10.89.0.1' prefix='24'/>
        </network>
        """,
        "quiet");
    Host.script(
        """
        ip netns add it-outside
        ip link add itout0 type veth peer name eth0 netns it-outside
        ip address add 203.0.113.1/24 dev itout0
        ip address add 2001:db8:113::1/64 dev itout0 nodad
        ip link set itout0 up
        ip -n it-outside address add 203.0.113.2/24 dev eth0
        ip -n it-outside address add 2001:db8:113::2/64 dev eth0 nodad
        ip -n it-outside link set eth0 up
        ip -n it-outside link set lo up
        """);
    return lab;
  }

  /** One more network. */
  void start(String xml, String name) {
    new NetworkDefineOperation(site.driver())
        .run(name + ".xml", xml.getBytes(StandardCharsets.UTF_8));
    new NetworkStartOperation(site.driver()).run(name);
  }

  /** Runs a program outside. */
  static String outside(String... argv) throws Exception {
    String[] whole = new String[argv.length + 4];
    System.arraycopy(new String[] {"ip", "netns", "exec", "it-outside"}, 0, whole, 0, 4);
    System.arraycopy(argv, 0, whole, 4, argv.length);
    return Host.run(whole);
  }

  /** A domain of a tree of its own, with such an interface. */
  DomainXml domain(String name, String... interfaces) throws Exception {
    Path tree = site.path(name);
    if (!Files.exists(tree)) {
      GuestTree.make(tree);
      Files.createDirectories(tree.resolve("www"));
      Files.writeString(tree.resolve("www/index.html"), name + "\n");
    }
    DomainXml xml =
        DomainXml.named(name)
            .init("/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/www")
            .root(tree);
    for (String each : interfaces) {
      xml.device(each);
    }
    return xml;
  }

  /** The line of a document that a message ends with the place of. */
  static String lineOf(String message) throws Exception {
    Matcher place = Pattern.compile("\\((/.*):(\\d+)\\)$").matcher(message);
    if (!place.find()) {
      throw new AssertionError("no place: " + message);
    }
    return Files.readAllLines(Path.of(place.group(1)))
        .get(Integer.parseInt(place.group(2)) - 1)
        .strip();
  }

  static String network(String name, String... elements) {
    return "<interface type='network'><source network='"
        + name
        + "'/>"
        + String.join("", elements)
        + "</interface>";
  }

  /** Who is connected ends first. */
  @Override
  public void close() throws Exception {
    for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
      if (domain.condition().state().active()) {
        site.destroy(domain.name());
      }
    }
    for (NetworkView.Summary network : new NetworkView(site.driver()).all()) {
      if (network.active()) {
        new NetworkDestroyOperation(site.driver()).run(network.name(), true);
      }
    }
    Host.script("ip link delete itout0; ip netns delete it-outside");
  }
}
