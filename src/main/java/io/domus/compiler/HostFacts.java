// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Capability;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.IdMap;
import io.domus.plan.ShownIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that a compiler may know about the host, gathered once by the probe.
 *
 * @param hybridCgroups a v2 mount with controllers beside v1: crun refuses to run in its sight
 * @param unifiedCgroups cgroup v2 alone
 * @param cgroupRoots where the hierarchies are mounted that the runtime makes cgroups in
 * @param freeNbd the network block devices that nothing uses, where there are any
 * @param cpus the number of processors
 * @param capabilities those that this host gives away at all: the bounding set of our own process
 * @param sources what the definition's host paths are
 * @param layers what overlay marks the inner layers carry
 * @param peers the init processes of the running domains that the definition shares with, by name
 * @param ids what the definition's inituser and initgroup are in the guest, if it names any and
 *     they could be found
 * @param links what there is for the definition's interfaces, in their order
 * @param guestFiles what the guest's tree has where Domus would put files
 * @param hooks what this host runs beside the guest
 * @param session what an ordinary user's session has, empty where root works
 * @param mapping the ids of the guest, empty unless they are chosen for it
 * @param lacking what cgroups of version 2 cannot limit here
 */
public record HostFacts(
    ToolFacts tools,
    boolean hybridCgroups,
    boolean unifiedCgroups,
    List<Path> cgroupRoots,
    Qcow qcow,
    List<Path> freeNbd,
    int cpus,
    Set<Capability> capabilities,
    Map<Path, SourceFacts> sources,
    Map<Path, LayerFacts> layers,
    Map<String, Integer> peers,
    Optional<GuestIds> ids,
    List<LinkFacts> links,
    Map<String, GuestFile> guestFiles,
    HookFacts hooks,
    Optional<SessionFacts> session,
    Optional<GuestMapping> mapping,
    Set<Controller> lacking) {
  /** How a qcow2 image becomes a block device here. */
  public enum Qcow {
    NBD,
    FUSE,
    NONE
  }

  /** Numbers for the guest's first process. */
  public record GuestIds(long uid, long gid) {}

  public HostFacts {
    Objects.requireNonNull(tools, "tools");
    Objects.requireNonNull(qcow, "qcow");
    cgroupRoots = List.copyOf(cgroupRoots);
    freeNbd = List.copyOf(freeNbd);
    capabilities = Set.copyOf(capabilities);
    sources = Map.copyOf(sources);
    layers = Map.copyOf(layers);
    peers = Map.copyOf(peers);
    Objects.requireNonNull(ids, "ids");
    links = List.copyOf(links);
    guestFiles = Map.copyOf(guestFiles);
    Objects.requireNonNull(hooks, "hooks");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(mapping, "mapping");
    lacking = Set.copyOf(lacking);
  }

  /** Of a host that nobody has asked for interfaces. */
  public HostFacts(
      ToolFacts tools,
      boolean hybridCgroups,
      boolean unifiedCgroups,
      List<Path> cgroupRoots,
      Qcow qcow,
      List<Path> freeNbd,
      int cpus,
      Set<Capability> capabilities,
      Map<Path, SourceFacts> sources,
      Map<Path, LayerFacts> layers,
      Map<String, Integer> peers,
      Optional<GuestIds> ids) {
    this(
        tools,
        hybridCgroups,
        unifiedCgroups,
        cgroupRoots,
        qcow,
        freeNbd,
        cpus,
        capabilities,
        sources,
        layers,
        peers,
        ids,
        List.of(),
        Map.of(),
        HookFacts.NONE,
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  /** The same with what there is for interfaces. */
  public HostFacts withLinks(List<LinkFacts> found, Map<String, GuestFile> files) {
    return with(found, files, hooks, session, mapping, lacking);
  }

  /** The same with what is run beside the guest. */
  public HostFacts withHooks(HookFacts found) {
    return with(links, guestFiles, found, session, mapping, lacking);
  }

  /** The same for a user's session. */
  public HostFacts inSession(SessionFacts found) {
    return with(links, guestFiles, hooks, Optional.of(found), mapping, lacking);
  }

  /** The same with ids for the guest. */
  public HostFacts withMapping(Optional<GuestMapping> chosen) {
    return with(links, guestFiles, hooks, session, chosen, lacking);
  }

  /** The same on a kernel, or a host, without some controllers. */
  public HostFacts without(Set<Controller> missing) {
    return with(links, guestFiles, hooks, session, mapping, missing);
  }

  private HostFacts with(
      List<LinkFacts> connected,
      Map<String, GuestFile> files,
      HookFacts run,
      Optional<SessionFacts> user,
      Optional<GuestMapping> chosen,
      Set<Controller> missing) {
    return new HostFacts(
        tools,
        hybridCgroups,
        unifiedCgroups,
        cgroupRoots,
        qcow,
        freeNbd,
        cpus,
        capabilities,
        sources,
        layers,
        peers,
        ids,
        connected,
        files,
        run,
        user,
        chosen,
        missing);
  }

  LinkFacts link(int index) {
    return index < links.size() ? links.get(index) : LinkFacts.unknown(index);
  }

  GuestFile guestFile(String path) {
    return guestFiles.getOrDefault(path, GuestFile.OWN);
  }

  /** As whose the guest's files are mounted. */
  ShownIds shown() {
    return mapping.map(chosen -> ShownIds.of(chosen.range())).orElse(ShownIds.SAME);
  }

  /**
   * The ranges of the definition, or those that were chosen.
   *
   * @throws ConfigUnsupportedException if there are none to choose from, or a user's session lacks
   *     some
   */
  IdMap idmap(DomainDef domain) {
    if (!domain.idmap().automatic()) {
      IdMap own = domain.idmap();
      return session.map(facts -> SessionIds.within(own, facts.ids())).orElse(own);
    }
    GuestMapping chosen =
        mapping.orElseThrow(
            () ->
                new ConfigUnsupportedException(
                    "no ids are known for <idmap mode='auto'> (" + domain.idmap().origin() + ")"));
    return domain.idmap().chosen(chosen.range());
  }

  public SourceFacts source(Path path) {
    return sources.getOrDefault(path, SourceFacts.ASSUMED);
  }

  public LayerFacts layer(Path path) {
    return layers.getOrDefault(path, LayerFacts.UNKNOWN);
  }
}
