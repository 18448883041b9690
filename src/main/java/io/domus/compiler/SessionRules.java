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
    if (domain.idmap().automatic()) {
      throw refused(
          "<idmap mode='auto'>",
          "all guests share the ids of the session",
          domain.idmap().origin());
    }
    for (Filesystem filesystem : domain.filesystems()) {
      switch (filesystem) {
        case Filesystem.Block block ->
            throw refused("device '" + block.device() + "'", MOUNTS, block.origin());
        case Filesystem.Image image ->
            throw refused("image '" + image.file() + "'", MOUNTS, image.origin());
        case Filesystem.Overlay overlay -> check(overlay.chain(), overlay.origin());
        case Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _ -> {}
      }
    }
    interfaces(domain, session);
    domain.disks().stream()
        .findFirst()
        .ifPresent(
            found -> {
              throw refused("disk '" + found.source() + "'", MOUNTS, found.origin());
            });
    domain.hostDevices().stream()
        .findFirst()
        .ifPresent(
            found -> {
              throw refused("a device of the host", "only root may hand it on", found.origin());
            });
    domain
        .tuning()
        .partition()
        .ifPresent(
            found -> {
              throw refused(
                  "partition '" + found + "'",
                  "only root may place cgroups",
                  domain.tuning().partitionOrigin());
            });
  }

  private static void interfaces(DomainDef domain, SessionFacts session) {
    Optional<NetInterface> first = Optional.empty();
    for (NetInterface each : domain.interfaces()) {
      if (!each.type().equals(UserLinkResolver.TYPE)) {
        throw refused(
            "an interface of type '" + each.type() + "'",
            "only root may make links on the host; <interface type='user'/> connects a guest"
                + " without",
            each.origin());
      }
      if (first.isPresent()) {
        throw refused(
            "a second interface of type 'user'",
            "the guest is connected by that of " + first.get().origin(),
            each.origin());
      }
      session
          .network()
          .lack()
          .ifPresent(
              why -> {
                throw refused("an interface of type 'user'", why, each.origin());
              });
      first = Optional.of(each);
    }
  }

  private static void check(OverlayChain chain, Origin origin) {
    if (chain.options().value(OverlayOptions.Name.USERXATTR, "on").equals("off")) {
      throw refused(
          "userxattr='off'", "only root may read the marks that overlays have else", origin);
    }
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Block block ->
            throw refused("device '" + block.device() + "'", MOUNTS, block.origin());
        case BackingStore.Image image ->
            throw refused("image '" + image.file() + "'", MOUNTS, image.origin());
        case BackingStore.Overlay overlay -> check(overlay.chain(), overlay.origin());
        case BackingStore.Directory _ -> {}
      }
    }
  }

  private static ConfigUnsupportedException refused(String what, String why, Origin origin) {
    return new ConfigUnsupportedException(
        what + " cannot be had in lxc:///session: " + why + " (" + origin + ")");
  }

  /** Says what the guest will lack of what its definition says. */
  static void warn(DomainDef domain, SessionFacts session, Draft draft) {
    session.warning().ifPresent(text -> draft.warn(text, domain.origin()));
  }
}
