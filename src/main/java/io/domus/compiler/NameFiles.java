// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.IpAddress;
import io.domus.oci.OciMount;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Chown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

  /** Where what is mounted on such a path lies while the guest runs. */
  public static Path file(DomainPaths paths, String path) {
    return paths.bundle().resolve(Path.of(path).getFileName());
  }

  /** What such a file says to a guest with these interfaces. */
  public static String text(String path, DomainDef domain, List<GuestLink> links) {
    return path.equals(RESOLVER) ? resolver(links) : hosts(domain, links);
  }

  /**
   * Writes the files, and gives what the runtime mounts.
   *
   * @param former what a guest had mounted that goes on from an image: it must find that again,
   *     whatever it is connected to now
   */
  List<OciMount> mounts(DomainDef domain, List<GuestLink> links, Optional<List<String>> former) {
    String resolver = resolver(links);
    List<OciMount> mounts = new ArrayList<>();
    if (former
        .map(paths -> paths.contains(RESOLVER))
        .orElse(!resolver.isEmpty() && fits(RESOLVER, domain))) {
      mounts.add(mount(RESOLVER, resolver, "who answers for names"));
    }
    if (former
        .map(paths -> paths.contains(HOSTS))
        .orElse(!links.isEmpty() && fits(HOSTS, domain))) {
      mounts.add(mount(HOSTS, hosts(domain, links), "the guest's own name"));
    }
    return mounts;
  }

  /** In a tree that is read-only there is no place to mount on but what is there. */
  private boolean fits(String path, DomainDef domain) {
    return switch (draft.facts().guestFile(path)) {
      case OWN -> false;
      case EMPTY -> true;
      case MISSING -> !domain.root().place().readonly();
      case CLOSED -> {
        draft.warn(
            "the guest is without "
                + path
                + ", since no id of its <idmap> may make it in its tree: an empty file there would"
                + " do, or a tree that these ids own",
            domain.idmap().origin());
        yield false;
      }
    };
  }

  private OciMount mount(String path, String content, String purpose) {
    Path file = file(draft.paths(), path);
    draft.add(new Step.WriteFile(file, content, 0644, Note.of(purpose)));
    draft
        .facts()
        .mapping()
        .map(mapping -> mapping.range().target())
        .ifPresent(
            root ->
                draft.add(
                    new Step.RunCommand(
                        Chown.to(root, file),
                        false,
                        Undo.NOTHING,
                        Note.of("it is the guest's root's"))));
    return new OciMount(
        path, "bind", file.toString(), List.of("bind", "nosuid", "nodev", "noexec", "rprivate"));
  }

  private static String resolver(List<GuestLink> links) {
    Set<String> domains = new LinkedHashSet<>();
    Set<IpAddress> servers = new LinkedHashSet<>();
    // A resolver asks the next one only if the first is silent: the first is to know the world.
    for (boolean leading : new boolean[] {true, false}) {
      for (GuestLink link : links) {
        if (leading == link.leads()) {
          link.domain().ifPresent(domains::add);
          servers.addAll(link.servers());
        }
      }
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
