// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainPaths;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.tool.Command;
import io.domus.tool.Pasta;
import io.domus.tool.Slirp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connects an ordinary user's guest while its container is made and its init not yet run, by a
 * program that stays for as long as the guest does.
 */
final class UserLinkCompiler {
  private UserLinkCompiler() {}

  static List<Step> connect(List<GuestLink> links, ToolFacts tools, DomainPaths paths) {
    List<Step> steps = new ArrayList<>();
    for (GuestLink link : links) {
      if (link.attachment() instanceof Attachment.User user) {
        List<String> argv = new ArrayList<>();
        argv.add(tools.userNetworkScript().toString());
        argv.add(paths.initPid().toString());
        argv.add(paths.userNetwork().toString());
        argv.add(link.guest());
        argv.addAll(program(link, user));
        steps.add(
            new Step.StartHelper(
                Command.of(argv),
                paths.userNetwork(),
                Note.of("connects the guest as a program of the user's", link.origin())));
      }
    }
    return steps;
  }

  private static List<String> program(GuestLink link, Attachment.User user) {
    return switch (user.program()) {
      case PASTA -> pasta(link, user);
      case SLIRP4NETNS -> Slirp.words(link.mac(), link.mtu());
      case NO_DEVICE, NONE ->
          throw new ConfigUnsupportedException(
              user.program().lack().orElseThrow() + link.origin().inParentheses());
    };
  }

  private static List<String> pasta(GuestLink link, Attachment.User user) {
    return new Pasta(
            link.guest(),
            link.mac(),
            link.mtu(),
            user.device(),
            link.addresses().stream().map(UserLinkCompiler::address).toList(),
            user.gateway().map(IpAddress::toString),
            ports(user, "tcp"),
            ports(user, "udp"))
        .words();
  }

  private static Pasta.Address address(GuestLink.Address each) {
    return new Pasta.Address(
        each.address().toString(),
        Optional.of(each.prefix()).filter(_ -> each.address().family() == IpAddress.Family.IPV4));
  }

  private static List<String> ports(Attachment.User user, String protocol) {
    return user.published().stream()
        .filter(each -> each.protocol().equals(protocol))
        .map(UserLinkCompiler::port)
        .toList();
  }

  private static String port(NetInterface.Publish each) {
    String place =
        each.address().flatMap(IpAddress::parse).map(address -> address + "/").orElse("");
    return place + each.host() + ":" + each.guest();
  }
}
