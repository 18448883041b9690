// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.HostSide;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.tool.Pasta;
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
    return new UserLinkResolver(each).link(guest, session.get().network());
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

  private GuestLink link(String guest, UserNetwork program) {
    Refusal.check(refusals(each));
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
        slirp
            ? List.of(slirpAddress())
            : each.addresses().stream().map(LinkResolver::address).toList(),
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
