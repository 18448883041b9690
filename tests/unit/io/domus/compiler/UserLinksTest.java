// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.tool.PastaTemplate;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an interface of type 'user' may say, and where it may be. */
class UserLinksTest {
  private static DomainDef domain(String... interfaces) {
    String text =
        "<domain type='lxc'><name>a</name><memory>1</memory><os><type>exe</type><init>/i</init>"
            + "</os><devices><filesystem><source dir='/s'/><target dir='/'/></filesystem>\n"
            + String.join("\n", interfaces)
            + "</devices></domain>";
    return GuestMac.complete(
        new DomainReader()
            .read(XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))
            .orThrow());
  }

  private static String user(String children) {
    return "<interface type='user'>" + children + "</interface>";
  }

  private static SessionFacts session(UserNetwork network) {
    return SessionFacts.NONE.withNetwork(network);
  }

  private static GuestLink link(String children, UserNetwork network) {
    return LinkResolver.resolve(
            domain(user(children)), List.of(LinkFacts.unknown(0)), Optional.of(session(network)))
        .getFirst();
  }

  private static String refusal(String children, UserNetwork network) {
    return assertThrows(ConfigUnsupportedException.class, () -> link(children, network))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<target dev='x0'/>, <target>",
        "<route address='10.0.0.0' prefix='8' gateway='10.0.0.1'/>, <route>",
        "<link state='down'/>, <link state='down'/>",
        "<bandwidth><inbound average='5'/></bandwidth>, <bandwidth>",
        "<filterref filter='f'/>, <filterref>",
        "<port isolated='yes'/>, <port isolated='yes'/>",
        "<ip address='10.0.0.1'/><ip address='10.0.0.2'/>, a second <ip> of a family",
        "<ip address='10.0.0.1' peer='10.0.0.2'/>, attribute peer of <ip>",
        "<ip family='ipv6' address='fd00::1' prefix='48'/>,"
            + " another prefix than 64 of an IPv6 address",
      })
  void refusesWhatNobodyGives(String children, String what) {
    assertEquals(
        what + " of an interface of type 'user' is not supported (a.xml:2)",
        refusal(children, UserNetwork.PASTA));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<publish host='8080' guest='80'/>, <publish>",
        "<ip address='10.0.0.1'/>, <ip>",
        "<source dev='eth0'/>, <source dev='…'/>",
      })
  void refusesWhatNeedsPasta(String children, String what) {
    assertEquals(
        what
            + " of an interface of type 'user' needs pasta, and there is only slirp4netns here"
            + " (Debian: apt install passt) (a.xml:2)",
        refusal(children, UserNetwork.SLIRP4NETNS));
    assertEquals("eth0", link(children, UserNetwork.PASTA).guest());
  }

  @Test
  void keepsWhatIsPublished() {
    GuestLink link = link("<publish host='8080' guest='80'/>", UserNetwork.PASTA);
    assertEquals(
        new Attachment.User(
            UserNetwork.PASTA,
            List.of(new NetInterface.Publish("tcp", Optional.empty(), 8080, 80)),
            Optional.empty(),
            Optional.empty()),
        link.attachment());
  }

  private static final PastaTemplate STRANDED =
      new PastaTemplate(Optional.of("lo"), Set.of("eth0"));

  private static GuestLink stranded(String children) {
    SessionFacts session = SessionFacts.NONE.withNetwork(UserNetwork.PASTA).withTemplate(STRANDED);
    return LinkResolver.resolve(
            domain(user(children)), List.of(LinkFacts.unknown(0)), Optional.of(session))
        .getFirst();
  }

  /** Where nothing leads out, a guest has its own address, or one that disturbs nobody. */
  @ParameterizedTest
  @CsvSource({
    "<ip address='10.0.0.1' prefix='24'/>, 10.0.0.1/24, 10.0.0.2",
    "<ip address='10.0.0.9' prefix='24'/>, 10.0.0.9/24, 10.0.0.1",
    "<ip address='10.0.0.9' prefix='32'/>, 10.0.0.9/32, ",
    ", 169.254.2.1/16, 169.254.0.1",
  })
  void hasAnAddressAlsoWhereNothingLeadsOut(String children, String address, String gateway) {
    GuestLink link = stranded(children == null ? "" : children);
    assertEquals(address, link.addresses().getFirst().words());
    assertEquals(
        new Attachment.User(
            UserNetwork.PASTA,
            List.of(),
            Optional.of("lo"),
            Optional.ofNullable(gateway).flatMap(IpAddress::parse)),
        link.attachment());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<source dev='eth0'/>, device 'eth0' has no carrier",
        "<ip family='ipv6' address='fd00::2'/>, can then give no guest an address of IPv6",
      })
  void refusesWhatHasNoCarrier(String children, String why) {
    ConfigUnsupportedException refused =
        assertThrows(ConfigUnsupportedException.class, () -> stranded(children));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("(a.xml:2)"), refused.getMessage());
  }

  @Test
  void isNotForRoot() {
    ConfigUnsupportedException refused =
        assertThrows(
            ConfigUnsupportedException.class,
            () -> LinkResolver.resolve(domain(user("")), List.of(LinkFacts.unknown(0))));
    assertEquals(
        "an interface of type 'user' is for lxc:///session: root connects a guest by"
            + " <interface type='network'> (a.xml:2)",
        refused.getMessage());
  }

  private static String refusalOfSession(UserNetwork network, String... interfaces) {
    return assertThrows(
            ConfigUnsupportedException.class,
            () -> SessionRules.check(domain(interfaces), session(network)))
        .getMessage();
  }

  @Test
  void isTheOnlyOneOfASession() {
    assertEquals(
        "an interface of type 'bridge' cannot be had in lxc:///session: only root may make links"
            + " on the host; <interface type='user'/> connects a guest without (a.xml:3)",
        refusalOfSession(
            UserNetwork.PASTA,
            user(""),
            "<interface type='bridge'><source bridge='b'/></interface>"));
    assertEquals(
        "a second interface of type 'user' cannot be had in lxc:///session: the guest is connected"
            + " by that of a.xml:2 (a.xml:3)",
        refusalOfSession(UserNetwork.PASTA, user(""), user("")));
    assertEquals(
        "an interface of type 'user' cannot be had in lxc:///session: neither pasta nor"
            + " slirp4netns is installed (Debian: apt install passt, or slirp4netns) (a.xml:2)",
        refusalOfSession(UserNetwork.NONE, user("")));
    assertEquals(
        "an interface of type 'user' cannot be had in lxc:///session: /dev/net/tun is missing or"
            + " closed to you: it comes with the module tun (modprobe tun) and is for everybody,"
            + " mode 0666 (a.xml:2)",
        refusalOfSession(UserNetwork.NO_DEVICE, user("")));
  }
}
