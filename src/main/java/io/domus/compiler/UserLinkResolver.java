// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.HostSide;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.tool.Pasta;
import io.domus.tool.Slirp;
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
      throw new ConfigUnsupportedException(
          "an interface of type 'user' is for lxc:///session: root connects a guest by"
              + " <interface type='network'>"
              + LinkResolver.at(each));
    }
    return new UserLinkResolver(each).link(guest, session.get().network());
  }

  private GuestLink link(String guest, UserNetwork program) {
    refuseWhatOnlyRootHas();
    boolean slirp = program == UserNetwork.SLIRP4NETNS;
    if (slirp) {
      refuseWhatOnlyPastaHas();
    }
    return new GuestLink(
        new Attachment.User(
            program, each.published(), Optional.ofNullable(each.source().get("dev"))),
        each.mac().orElseThrow(),
        guest,
        guest,
        each.mtu(),
        true,
        slirp ? List.of(slirpAddress()) : addresses(),
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

  private static GuestLink.Address slirpAddress() {
    return new GuestLink.Address(
        IpAddress.parse(Slirp.ADDRESS).orElseThrow(), Slirp.PREFIX, Optional.empty());
  }

  /** At most one of each family. */
  private List<GuestLink.Address> addresses() {
    Set<IpAddress.Family> families = EnumSet.noneOf(IpAddress.Family.class);
    List<GuestLink.Address> addresses =
        each.addresses().stream().map(LinkResolver::address).toList();
    for (int index = 0; index < addresses.size(); index++) {
      IpAddress address = addresses.get(index).address();
      refuse(!families.add(address.family()), "a second <ip> of a family");
      refuse(addresses.get(index).peer().isPresent(), "attribute peer of <ip>");
      boolean sixtyFour =
          each.addresses().get(index).prefix().map(length -> length == PREFIX_OF_IPV6).orElse(true);
      refuse(
          address.family() == IpAddress.Family.IPV6 && !sixtyFour,
          "another prefix than 64 of an IPv6 address");
    }
    return addresses;
  }

  private void refuseWhatOnlyRootHas() {
    HostSide side = each.hostSide();
    refuse(each.target().isPresent(), "<target>");
    refuse(!each.routes().isEmpty(), "<route>");
    refuse(!each.linkUp().orElse(true), "<link state='down'/>");
    refuse(each.inbound().isPresent() || each.outbound().isPresent(), "<bandwidth>");
    refuse(side.vlan().isPresent(), "<vlan>");
    refuse(side.filter().isPresent(), "<filterref>");
    refuse(side.isolated().orElse(false), "<port isolated='yes'/>");
  }

  private void refuseWhatOnlyPastaHas() {
    refuseWithoutPasta(!each.published().isEmpty(), "<publish>");
    refuseWithoutPasta(!each.addresses().isEmpty(), "<ip>");
    refuseWithoutPasta(each.source().containsKey("dev"), "<source dev='…'/>");
  }

  private void refuse(boolean present, String what) {
    if (present) {
      throw new ConfigUnsupportedException(
          what + " of an interface of type 'user' is not supported" + LinkResolver.at(each));
    }
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
