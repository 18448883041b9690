// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.MountOptions;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the hooks have mounted by the time LXC mounts the root, as far as the guest sees it. */
final class HookMounts {
  /** Overlayfs's limit; layers that name each other twice would otherwise double without end. */
  private static final int MOST_LAYERS = 500;

  private final List<HookScript> scripts;
  private final List<HookMount> mounts;
  private final Report report;
  private final Set<HookMount> used = new HashSet<>();

  /** Those that are layers of others, and not written to. */
  private final Set<HookMount> inner = new HashSet<>();

  /** Those that are to be seen in the guest, or beneath it, and cannot be. */
  private final Map<HookMount, String> failed = new HashMap<>();

  private int layers;

  HookMounts(List<HookScript> scripts, Report report) {
    this.scripts = List.copyOf(scripts);
    this.mounts = scripts.stream().flatMap(script -> script.mounts().stream()).toList();
    this.report = report;
  }

  /** A mount below the root of the guest. */
  record Below(Setting setting, FstabLine line, GuestPath target) {}

  /**
   * What lies at a path.
   *
   * @param path behind all binds
   */
  private record Found(Path path, Optional<OverlayChain> chain) {}

  /** A directory as the root. */
  Filesystem root(Filesystem.Place place, Path directory) {
    int index = last(directory.normalize(), mounts.size());
    if (index < 0) {
      return new Filesystem.Mount(place, directory);
    }
    Found found = find(directory.normalize(), mounts.size());
    HookMount top = mounts.get(index);
    Filesystem.Place merged = used.contains(top) ? merged(place, top) : place;
    return found
        .chain()
        .<Filesystem>map(chain -> new Filesystem.Overlay(readonly(merged, chain), chain))
        .orElseGet(() -> new Filesystem.Mount(merged, found.path()));
  }

  private static Filesystem.Place readonly(Filesystem.Place place, OverlayChain chain) {
    return with(place, place.readonly() || chain.upper().isEmpty(), place.options());
  }

  private static Filesystem.Place with(
      Filesystem.Place place, boolean readonly, MountOptions options) {
    return new Filesystem.Place(
        place.target(),
        readonly,
        options,
        place.accessMode(),
        place.spaceHardLimit(),
        place.origin());
  }

  /** The restrictions of the hook's mount stay when LXC binds it. */
  private Filesystem.Place merged(Filesystem.Place place, HookMount mount) {
    MountOptions lxc = place.options();
    MountOptions hook = options(mount);
    return with(
        place,
        place.readonly() || OptionReader.readonly(mount.line().options()),
        new MountOptions(
            lxc.nosuid() || hook.nosuid(),
            lxc.nodev() || hook.nodev(),
            lxc.noexec() || hook.noexec(),
            lxc.noatime() || hook.noatime(),
            lxc.propagation()));
  }

  private MountOptions options(HookMount mount) {
    return new OptionReader(report)
        .read(
            mount.setting(),
            mount.line().options(),
            word -> LayerReader.isLayer(word) || LayerReader.isOption(word));
  }

  /** The layers of a root that LXC itself mounts; what is mounted below them it does not show. */
  OverlayChain layers(OverlayChain chain) {
    return resolved(chain, mounts.size());
  }

  /** What the guest sees below a directory that is its root. */
  List<Below> below(Path directory) {
    Path root = directory.normalize();
    List<Below> found = new ArrayList<>();
    for (int index = last(root, mounts.size()) + 1; index < mounts.size(); index++) {
      HookMount mount = mounts.get(index);
      if (mount.target().startsWith(root) && !mount.target().equals(root)) {
        used.add(mount);
        int before = index;
        mount.line().value("upperdir").flatMap(PathText::host).ifPresent(at -> kept(at, before));
        GuestPath target = new GuestPath("/" + root.relativize(mount.target()));
        found.add(new Below(mount.setting(), mount.line(), target));
      }
    }
    return List.copyOf(found);
  }

  /** The last mount at a path before another, -1 if there is none. */
  private int last(Path path, int before) {
    int index = before - 1;
    while (index >= 0 && !mounts.get(index).target().equals(path)) {
      index--;
    }
    return index;
  }

  private Found find(Path path, int before) {
    int index = last(path, before);
    if (index < 0) {
      return new Found(path, Optional.empty());
    }
    HookMount mount = mounts.get(index);
    if (++layers > MOST_LAYERS) {
      throw new InvalidDefinitionException(
          mount.setting().at() + ": error: more than " + MOST_LAYERS + " layers");
    }
    Optional<Path> source = PathText.host(mount.line().source()).filter(_ -> mount.isBind());
    Optional<OverlayChain> chain =
        mount.line().type().equals("overlay")
            ? LayerReader.ofOptions(mount.line(), mount.setting().at())
            : Optional.empty();
    if (source.isEmpty() && chain.isEmpty()) {
      failed.put(
          mount,
          mount.line().type().equals("overlay")
              ? "expected lowerdir, and upperdir with workdir, as absolute paths"
              : "only a bind or an overlay can take the place of this directory");
      return new Found(path, Optional.empty());
    }
    used.add(mount);
    options(mount);
    return source
        .map(from -> find(from.normalize(), index))
        .orElseGet(() -> new Found(path, chain.map(each -> resolved(each, index))));
  }

  private OverlayChain resolved(OverlayChain chain, int before) {
    chain.upper().ifPresent(upper -> kept(upper.directory(), before));
    List<BackingStore> lowers = new ArrayList<>();
    for (BackingStore lower : chain.lowers()) {
      lowers.add(
          switch (lower) {
            case BackingStore.Directory directory -> layer(directory, before);
            case BackingStore.Overlay _, BackingStore.Image _, BackingStore.Block _ -> lower;
          });
    }
    return new OverlayChain(chain.upper(), lowers, chain.options());
  }

  private BackingStore layer(BackingStore.Directory directory, int before) {
    Origin at = directory.origin();
    int index = last(directory.path().normalize(), before);
    if (index < 0) {
      return directory;
    }
    inner.add(mounts.get(index));
    Found found = find(directory.path().normalize(), before);
    return found
        .chain()
        .<BackingStore>map(chain -> new BackingStore.Overlay(chain, Optional.empty(), at))
        .orElseGet(() -> new BackingStore.Directory(found.path(), at));
  }

  /** Finds the memory that an upper directory lies in. */
  private void kept(Path upper, int before) {
    mounts.stream()
        .limit(before)
        .filter(mount -> mount.line().type().equals("tmpfs"))
        .filter(mount -> upper.normalize().startsWith(mount.target()))
        .forEach(
            mount -> failed.put(mount, "the changes that the guest makes are kept, not in memory"));
  }

  /** Reports every script; to be called when the mounts have been asked for. */
  void report() {
    scripts.forEach(this::report);
  }

  private void report(HookScript script) {
    if (script.mounts().stream().anyMatch(used::contains)) {
      report.same(script.hook(), "the mounts of this script are converted");
    } else {
      report.lost(script.hook(), Unconverted.NO_HOOKS);
      if (script.mounts().stream().noneMatch(failed::containsKey)) {
        return;
      }
    }
    script.mounts().forEach(this::report);
    script.rest().forEach(rest -> report.lost(rest.setting(), rest.why()));
  }

  private void report(HookMount mount) {
    if (!used.contains(mount)) {
      report.lost(
          mount.setting(),
          failed.getOrDefault(mount, "the guest does not see what is mounted there"));
      return;
    }
    if (mount.aufs()) {
      report.note(
          mount.setting(), "overlayfs takes the place of aufs, and does not know its deletions");
    }
    mount
        .chosen()
        .filter(_ -> !inner.contains(mount))
        .ifPresent(
            work ->
                report.note(
                    mount.setting(),
                    "the work directory is '"
                        + work
                        + "', as LXC chooses it; it and the upper directory must be there before"
                        + " the start"));
  }
}
