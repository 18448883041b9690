// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.HostSide;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.tool.Pasta;
import io.domus.tool.PastaTemplate;
import io.domus.tool.Slirp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of an interface that needs no root: a program of the user's does for the guest what
 * the guest asks of the network, with the rights of any other program.
 */
final class UserLinkResolver {
  static final String TYPE = "user";

  /** pasta gives an address of IPv6 no other. */
  private static final int PREFIX_OF_IPV6 = 64;

  private static final GuestLink.Address LINK_LOCAL =
      new GuestLink.Address(
          IpAddress.parse(PastaTemplate.ADDRESS).orElseThrow(),
          PastaTemplate.PREFIX,
          Optional.empty());

  private final NetInterface each;

  private UserLinkResolver(NetInterface each) {
    this.each = each;
  }

  /**
   * @param guest the guest's name for it
   * @param session of the user, if it is not root's domain
   */
  static GuestLink resolve(NetInterface each, String guest, Optional<SessionFacts> session) {
    if (session.isEmpty()) {
      throw refusalForRoot(each).exception();
    }
    return new UserLinkResolver(each)
        .link(guest, session.get().network(), session.get().template());
  }

  static Refusal refusalForRoot(NetInterface each) {
    return new Refusal(
        "an interface of type 'user' is for lxc:///session: root connects a guest by"
            + " <interface type='network'>",
        each.origin());
  }

  /** What of an interface is refused in every session. */
  static List<Refusal> refusals(NetInterface each) {
    HostSide side = each.hostSide();
    List<String> whats = new ArrayList<>();
    note(whats, each.target().isPresent(), "<target>");
    note(whats, !each.routes().isEmpty(), "<route>");
    note(whats, !each.linkUp().orElse(true), "<link state='down'/>");
    note(whats, each.inbound().isPresent() || each.outbound().isPresent(), "<bandwidth>");
    note(whats, side.filter().isPresent(), "<filterref>");
    note(whats, side.isolated().orElse(false), "<port isolated='yes'/>");
    Set<IpAddress.Family> families = EnumSet.noneOf(IpAddress.Family.class);
    for (NetInterface.Address written : each.addresses()) {
      IpAddress.Family family = LinkResolver.address(written).address().family();
      note(whats, !families.add(family), "a second <ip> of a family");
      note(whats, written.peer().isPresent(), "attribute peer of <ip>");
      boolean odd = written.prefix().filter(length -> length != PREFIX_OF_IPV6).isPresent();
      note(
          whats,
          family == IpAddress.Family.IPV6 && odd,
          "another prefix than 64 of an IPv6 address");
    }
    return whats.stream()
        .map(
            what ->
                new Refusal(
                    what + " of an interface of type 'user' is not supported", each.origin()))
        .toList();
  }

  private static void note(List<String> whats, boolean present, String what) {
    if (present) {
      whats.add(what);
    }
  }

  private GuestLink link(String guest, UserNetwork program, PastaTemplate template) {
    Refusal.check(refusals(each));
    boolean slirp = program == UserNetwork.SLIRP4NETNS;
    Optional<String> device = Optional.empty();
    List<GuestLink.Address> addresses = List.of(slirpAddress());
    if (slirp) {
      refuseWhatOnlyPastaHas();
    } else {
      device = device(template);
      addresses = addresses(device);
    }
    Optional<IpAddress> gateway =
        isStranded(device) ? addresses.getFirst().subnet().neighbour() : Optional.empty();
    return new GuestLink(
        new Attachment.User(program, each.published(), device, gateway),
        each.mac().orElseThrow(),
        guest,
        guest,
        each.mtu(),
        true,
        addresses,
        List.of(),
        GuestLink.HostEnd.BARE,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(IpAddress.parse(slirp ? Slirp.SERVER : Pasta.SERVER).orElseThrow()),
        Optional.empty(),
        each.origin());
  }

  /** What pasta is to copy; empty if it chooses well by itself. */
  private Optional<String> device(PastaTemplate template) {
    Optional<String> named = Optional.ofNullable(each.source().get("dev"));
    if (named.filter(template.down()::contains).isPresent()) {
      throw new ConfigUnsupportedException(
          "device '"
              + named.get()
              + "' has no carrier, so pasta cannot give its routes to the guest; without <source"
              + " dev='…'/> another one is taken"
              + LinkResolver.at(each));
    }
    return named.or(template::device);
  }

  private static boolean isStranded(Optional<String> device) {
    return device.filter(PastaTemplate.LOOPBACK::equals).isPresent();
  }

  /** The guest's own; on a host that leads nowhere nobody else's would do. */
  private List<GuestLink.Address> addresses(Optional<String> device) {
    List<GuestLink.Address> own = each.addresses().stream().map(LinkResolver::address).toList();
    if (!isStranded(device)) {
      return own;
    }
    for (GuestLink.Address address : own) {
      if (address.address().family() == IpAddress.Family.IPV6) {
        throw new ConfigUnsupportedException(
            "no link of this host leads anywhere now, and pasta can then give no guest an address"
                + " of IPv6 such as "
                + address.address()
                + LinkResolver.at(each));
      }
    }
    return own.isEmpty() ? List.of(LINK_LOCAL) : own;
  }

  private static GuestLink.Address slirpAddress() {
    return new GuestLink.Address(
        IpAddress.parse(Slirp.ADDRESS).orElseThrow(), Slirp.PREFIX, Optional.empty());
  }

  private void refuseWhatOnlyPastaHas() {
    refuseWithoutPasta(!each.published().isEmpty(), "<publish>");
    refuseWithoutPasta(!each.addresses().isEmpty(), "<ip>");
    refuseWithoutPasta(each.source().containsKey("dev"), "<source dev='…'/>");
  }

  private void refuseWithoutPasta(boolean present, String what) {
    if (present) {
      throw new ConfigUnsupportedException(
          what
              + " of an interface of type 'user' needs pasta, and there is only slirp4netns here"
              + " (Debian: apt install passt)"
              + LinkResolver.at(each));
    }
  }
}
