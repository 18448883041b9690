// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.MountOptions;
import io.domus.oci.OciMount;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.ShownIds;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filesystems of a domain: the root and whatever needs preparation by steps in the staging
 * directory, everything below the root as entries for the runtime, which resolves guest paths
 * safely.
 */
final class FilesystemCompiler {
  /** The kernel's default, which libvirt leaves as it is: anybody may use a memory filesystem. */
  private static final int RAM_MODE = 01777;

  private final Draft draft;
  private final OverlayCompiler overlays;

  /** Where the content of each filesystem can be reached on the host's side. */
  private final Map<Filesystem, Path> content = new HashMap<>();

  /** The binds being prepared, each for the sake of the one before it. */
  private final Set<Filesystem.Bind> waiting = new LinkedHashSet<>();

  FilesystemCompiler(Draft draft) {
    this.draft = draft;
    this.overlays = new OverlayCompiler(draft);
  }

  /** Adds the steps and returns what the runtime mounts, in order. */
  List<OciMount> compile(DomainDef domain) {
    List<Filesystem> ordered = new ArrayList<>(domain.filesystems());
    ordered.sort(Comparator.comparingInt(filesystem -> filesystem.target().depth()));
    root(domain.root());
    List<Filesystem> below = ordered.stream().filter(item -> !item.target().isRoot()).toList();
    // Binds come last: what they show must have been prepared.
    below.stream()
        .filter(item -> !(item instanceof Filesystem.Bind))
        .forEach(item -> prepare(item, below));
    for (Filesystem filesystem : below) {
      if (filesystem instanceof Filesystem.Bind bind) {
        prepareBind(bind, ordered);
      }
    }
    return below.stream().map(item -> entry(item, flags(item, ordered))).toList();
  }

  private void root(Filesystem root) {
    Path target = draft.paths().rootfs();
    content.put(root, target);
    stage(root, target, "root filesystem of the guest");
    draft.rootIsDone();
  }

  /** Mounts a filesystem on a directory of its own. */
  private void stage(Filesystem filesystem, Path target, String purpose) {
    MountFlags flags = MountFlags.of(filesystem.place());
    Note note = Note.of(purpose, filesystem.origin());
    switch (filesystem) {
      case Filesystem.Mount mount -> {
        SourceCheck.directory(draft, mount.source(), mount.origin());
        makeAndMount(
            new MountSpec.Bind(mount.source(), true, flags, draft.facts().shown()), target, note);
      }
      case Filesystem.Ram ram ->
          makeAndMount(
              new MountSpec.Tmpfs(ram.bytes(), RAM_MODE, owner(), ram(flags)), target, note);
      case Filesystem.Block block -> {
        SourceCheck.device(draft, block.device(), block.origin());
        ImageCompiler.mountDevice(draft, block.device(), flags, target, Optional.empty(), note);
      }
      case Filesystem.Image image ->
          ImageCompiler.mountImage(
              draft, image.file(), image.format(), flags, target, Optional.empty(), note);
      case Filesystem.Overlay overlay -> overlays.mount(overlay.chain(), flags, target, note);
      case Filesystem.Bind bind ->
          throw new IllegalStateException("a bind is no filesystem of its own: " + bind.target());
    }
  }

  /** The guest's root, where that is another than the host's. */
  private long owner() {
    return draft.facts().mapping().map(mapping -> mapping.range().target()).orElse(0L);
  }

  private void makeAndMount(MountSpec spec, Path target, Note note) {
    draft.add(new Step.MakeDirectory(target, 0755, Note.of("mount point", note.origin())));
    draft.add(new Step.MountFilesystem(spec, target, Optional.empty(), note));
  }

  /** libvirt's fixed flags for memory filesystems. */
  private static MountFlags ram(MountFlags flags) {
    return new MountFlags(flags.readonly(), true, true, flags.noexec(), flags.noatime());
  }

  private void prepare(Filesystem filesystem, List<Filesystem> all) {
    if (filesystem instanceof Filesystem.Mount mount) {
      SourceCheck.either(draft, mount.source(), mount.origin());
      content.put(mount, mapped(mount));
      return;
    }
    if (filesystem instanceof Filesystem.Ram && !shownByBind(filesystem, all)) {
      return;
    }
    Path staging = draft.nextStaging("f");
    content.put(filesystem, staging);
    stage(filesystem, staging, "filesystem for " + filesystem.target());
  }

  /** The runtime takes a source as it is, unless its files are to be the guest's. */
  private Path mapped(Filesystem.Mount mount) {
    ShownIds ids = draft.facts().shown();
    if (ids.same()) {
      return mount.source();
    }
    Path staging = draft.nextStaging("f");
    Note note = Note.of("the guest's own of " + mount.target(), mount.origin());
    MountSpec bind = new MountSpec.Bind(mount.source(), true, MountFlags.NONE, ids);
    if (draft.facts().source(mount.source()).kind() == SourceFacts.Kind.FILE) {
      draft.add(new Step.WriteFile(staging, "", 0600, Note.of("mount point", mount.origin())));
      draft.add(new Step.MountFilesystem(bind, staging, Optional.empty(), note));
    } else {
      makeAndMount(bind, staging, note);
    }
    return staging;
  }

  private static boolean shownByBind(Filesystem filesystem, List<Filesystem> all) {
    return all.stream()
        .filter(Filesystem.Bind.class::isInstance)
        .map(Filesystem.Bind.class::cast)
        .anyMatch(bind -> filesystem.target().contains(bind.source()));
  }

  /** After what it shows, whichever stands first in the document. */
  private void prepareBind(Filesystem.Bind bind, List<Filesystem> all) {
    if (content.containsKey(bind)) {
      return;
    }
    if (!waiting.add(bind)) {
      throw new ConfigUnsupportedException(
          "binds show one another in a circle: "
              + waiting.stream()
                  .map(each -> each.target() + " shows " + each.source())
                  .collect(Collectors.joining(", "))
              + " ("
              + bind.origin()
              + ")");
    }
    Filesystem shown = shown(bind, all);
    if (shown instanceof Filesystem.Bind other) {
      prepareBind(other, all);
    }
    waiting.remove(bind);
    GuestPath path = shown.target().relativize(bind.source());
    if (path.isRoot()) {
      content.put(bind, content.get(shown));
      return;
    }
    Path staging = draft.nextStaging("b");
    content.put(bind, staging);
    draft.add(
        new Step.MountFilesystem(
            new MountSpec.GuestBind(content.get(shown), path, MountFlags.NONE),
            staging,
            Optional.empty(),
            Note.of("guest path " + bind.source() + " for " + bind.target(), bind.origin())));
  }

  /** The filesystem that holds what a bind shows. */
  private static Filesystem shown(Filesystem.Bind bind, List<Filesystem> all) {
    return all.stream()
        .filter(candidate -> candidate != bind && candidate.target().contains(bind.source()))
        .max(Comparator.comparingInt(candidate -> candidate.target().depth()))
        .orElseThrow();
  }

  /** A bind is restricted as what it shows is, as with mount(2). */
  private static MountFlags flags(Filesystem filesystem, List<Filesystem> all) {
    MountFlags own = MountFlags.of(filesystem.place());
    return switch (filesystem) {
      case Filesystem.Bind bind -> own.with(flags(shown(bind, all), all));
      case Filesystem.Ram _ -> ram(own);
      case Filesystem.Mount _, Filesystem.Block _, Filesystem.Image _, Filesystem.Overlay _ -> own;
    };
  }

  private OciMount entry(Filesystem filesystem, MountFlags flags) {
    String destination = filesystem.target().value();
    List<String> options = new ArrayList<>();
    Path source = content.get(filesystem);
    if (source == null && filesystem instanceof Filesystem.Ram ram) {
      options.addAll(flags.words());
      options.add("size=" + ram.bytes());
      options.add(String.format("mode=%04o", RAM_MODE));
      return new OciMount(destination, "tmpfs", "tmpfs", options);
    }
    options.add("rbind");
    options.addAll(flags.words());
    if (flags.readonly()) {
      // What is mounted below the source is read-only with it.
      options.add("rro");
    }
    options.add(propagation(filesystem.place().options()));
    return new OciMount(destination, "bind", source.toString(), options);
  }

  private static String propagation(MountOptions options) {
    return switch (options.propagation().orElse(MountOptions.Propagation.PRIVATE)) {
      case PRIVATE -> "rprivate";
      case SLAVE -> "rslave";
    };
  }
}
