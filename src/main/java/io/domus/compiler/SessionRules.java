// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is different for a domain of an ordinary user's session. */
public final class SessionRules {
  private static final String MOUNTS = "only root may mount images and devices";

  private SessionRules() {}

  /**
   * With what the kernel asks of an overlay in a user namespace: its marks are {@code
   * user.overlay.*}, since nobody but the host's root may read or set the trusted ones.
   */
  public static DomainDef complete(DomainDef domain) {
    return domain.withFilesystems(
        domain.filesystems().stream().map(SessionRules::complete).toList());
  }

  private static Filesystem complete(Filesystem filesystem) {
    return filesystem instanceof Filesystem.Overlay overlay
        ? new Filesystem.Overlay(overlay.place(), complete(overlay.chain()))
        : filesystem;
  }

  /** The same of one overlay. */
  static OverlayChain complete(OverlayChain chain) {
    List<BackingStore> lowers = chain.lowers().stream().map(SessionRules::complete).toList();
    SortedMap<String, String> options = new TreeMap<>(chain.options().values());
    options.putIfAbsent(OverlayOptions.Name.USERXATTR.text(), "on");
    return new OverlayChain(chain.upper(), lowers, new OverlayOptions(options));
  }

  private static BackingStore complete(BackingStore store) {
    return store instanceof BackingStore.Overlay overlay
        ? new BackingStore.Overlay(complete(overlay.chain()), overlay.label(), overlay.origin())
        : store;
  }

  /**
   * Refuses what only root can have, or what the host lacks.
   *
   * @throws ConfigUnsupportedException naming the line
   */
  public static void check(DomainDef domain, SessionFacts session) {
    Refusal.check(refusals(domain));
    for (NetInterface each : domain.interfaces()) {
      Optional<String> lack = session.network().lack();
      if (lack.isPresent()) {
        throw refused("an interface of type 'user'", lack.get(), each.origin()).exception();
      }
    }
  }

  /** All that only root can have. */
  public static List<Refusal> refusals(DomainDef domain) {
    List<Refusal> refusals = new ArrayList<>();
    if (domain.idmap().automatic()) {
      refusals.add(
          refused(
              "<idmap mode='auto'>",
              "all guests share the ids of the session",
              domain.idmap().origin()));
    }
    for (Filesystem filesystem : domain.filesystems()) {
      switch (filesystem) {
        case Filesystem.Block block -> refusals.add(device(block.device(), block.origin()));
        case Filesystem.Image image -> refusals.add(image(image.file(), image.origin()));
        case Filesystem.Overlay overlay -> overlay(overlay.chain(), overlay.origin(), refusals);
        case Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _ -> {}
      }
    }
    interfaces(domain, refusals);
    domain
        .disks()
        .forEach(
            disk -> refusals.add(refused("disk '" + disk.source() + "'", MOUNTS, disk.origin())));
    domain
        .hostDevices()
        .forEach(
            device ->
                refusals.add(
                    refused("a device of the host", "only root may hand it on", device.origin())));
    domain
        .tuning()
        .partition()
        .ifPresent(
            found ->
                refusals.add(
                    refused(
                        "partition '" + found + "'",
                        "only root may place cgroups",
                        domain.tuning().partitionOrigin())));
    return List.copyOf(refusals);
  }

  private static void interfaces(DomainDef domain, List<Refusal> refusals) {
    Optional<NetInterface> first = Optional.empty();
    for (NetInterface each : domain.interfaces()) {
      if (!each.type().equals(UserLinkResolver.TYPE)) {
        refusals.add(
            refused(
                "an interface of type '" + each.type() + "'",
                "only root may make links on the host; <interface type='user'/> connects a guest"
                    + " without",
                each.origin()));
      } else if (first.isPresent()) {
        refusals.add(
            refused(
                "a second interface of type 'user'",
                "the guest is connected by that of " + first.get().origin(),
                each.origin()));
      } else {
        first = Optional.of(each);
        refusals.addAll(UserLinkResolver.refusals(each));
      }
    }
  }

  private static void overlay(OverlayChain chain, Origin origin, List<Refusal> refusals) {
    if (chain.options().value(OverlayOptions.Name.USERXATTR, "on").equals("off")) {
      refusals.add(
          refused(
              "userxattr='off'", "only root may read the marks that overlays have else", origin));
    }
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Block block -> refusals.add(device(block.device(), block.origin()));
        case BackingStore.Image image -> refusals.add(image(image.file(), image.origin()));
        case BackingStore.Overlay inner -> overlay(inner.chain(), inner.origin(), refusals);
        case BackingStore.Directory _ -> {}
      }
    }
  }

  private static Refusal device(Path device, Origin origin) {
    return refused("device '" + device + "'", MOUNTS, origin);
  }

  private static Refusal image(Path file, Origin origin) {
    return refused("image '" + file + "'", MOUNTS, origin);
  }

  private static Refusal refused(String what, String why, Origin origin) {
    return new Refusal(what + " cannot be had in lxc:///session: " + why, origin);
  }

  /** Says what the guest will lack of what its definition says. */
  static void warn(DomainDef domain, SessionFacts session, Draft draft) {
    session.warning().ifPresent(text -> draft.warn(text, domain.origin()));
  }
}
