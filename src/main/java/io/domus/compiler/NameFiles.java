// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.IpAddress;
import io.domus.oci.OciMount;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files by which a guest with interfaces knows names: its own, and who knows others. They are
 * mounted over what its tree has there, unless that is something; nothing is written into the tree.
 */
public final class NameFiles {
  static final String RESOLVER = "/etc/resolv.conf";
  static final String HOSTS = "/etc/hosts";

  /** A program asks no more servers than that. */
  private static final int SERVERS = 3;

  private final Draft draft;

  NameFiles(Draft draft) {
    this.draft = draft;
  }

  /** The paths in the guest, for who looks what is there. */
  public static List<String> paths() {
    return List.of(RESOLVER, HOSTS);
  }

  /** Writes the files, and gives what the runtime mounts. */
  List<OciMount> mounts(DomainDef domain, List<GuestLink> links) {
    List<OciMount> mounts = new ArrayList<>();
    if (links.isEmpty()) {
      return mounts;
    }
    boolean readonly = domain.root().place().readonly();
    String resolver = resolver(links);
    if (!resolver.isEmpty()) {
      mount(mounts, RESOLVER, resolver, readonly, "who answers for names");
    }
    mount(mounts, HOSTS, hosts(domain, links), readonly, "the guest's own name");
    return mounts;
  }

  private void mount(
      List<OciMount> mounts, String path, String content, boolean readonly, String purpose) {
    GuestFile there = draft.facts().guestFile(path);
    // In a tree that is read-only there is no place to mount on but what is there.
    if (there == GuestFile.OWN || (there == GuestFile.MISSING && readonly)) {
      return;
    }
    Path file = draft.paths().bundle().resolve(Path.of(path).getFileName());
    draft.add(new Step.WriteFile(file, content, 0644, Note.of(purpose)));
    mounts.add(
        new OciMount(
            path,
            "bind",
            file.toString(),
            List.of("bind", "nosuid", "nodev", "noexec", "rprivate")));
  }

  private static String resolver(List<GuestLink> links) {
    Set<String> domains = new LinkedHashSet<>();
    Set<IpAddress> servers = new LinkedHashSet<>();
    for (GuestLink link : links) {
      link.domain().ifPresent(domains::add);
      servers.addAll(link.servers());
    }
    if (servers.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    if (!domains.isEmpty()) {
      text.append("search ").append(String.join(" ", domains)).append('\n');
    }
    servers.stream()
        .limit(SERVERS)
        .forEach(server -> text.append("nameserver ").append(server).append('\n'));
    return text.toString();
  }

  private static String hosts(DomainDef domain, List<GuestLink> links) {
    StringBuilder text = new StringBuilder();
    text.append("127.0.0.1 localhost\n");
    text.append("::1 localhost ip6-localhost ip6-loopback\n");
    text.append("ff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n");
    String name = ConfigCompiler.hostname(domain.name());
    Set<IpAddress.Family> named = java.util.EnumSet.noneOf(IpAddress.Family.class);
    for (GuestLink link : links) {
      for (GuestLink.Address address : link.addresses()) {
        if (named.add(address.address().family())) {
          text.append(address.address()).append(' ');
          link.domain().ifPresent(part -> text.append(name).append('.').append(part).append(' '));
          text.append(name).append('\n');
        }
      }
    }
    if (named.isEmpty()) {
      text.append("127.0.1.1 ").append(name).append('\n');
    }
    return text.toString();
  }
}
