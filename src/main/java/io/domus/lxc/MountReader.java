// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.HostDevice;
import io.domus.domain.MountOptions;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.ReadFailedException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mounts below the root: {@code lxc.mount.entry}, and the file of {@code lxc.mount.fstab}. */
final class MountReader {
  private final Settings settings;
  private final LxcFiles files;
  private final Report report;
  private final TargetReader targets;

  /** What is mounted by target, each with the line that says so. */
  private final Map<GuestPath, Setting> taken = new LinkedHashMap<>();

  private final Map<GuestPath, Filesystem> filesystems = new LinkedHashMap<>();
  private final Map<GuestPath, HostDevice> devices = new LinkedHashMap<>();
  private boolean toldOfSubmounts;

  MountReader(Settings settings, LxcFiles files, Report report, TargetReader targets) {
    this.settings = settings;
    this.files = files;
    this.report = report;
    this.targets = targets;
  }

  /** Filesystems, and device nodes that LXC can only give by mounting them. */
  record Mounts(List<Filesystem> filesystems, List<HostDevice> devices) {
    Mounts {
      filesystems = List.copyOf(filesystems);
      devices = List.copyOf(devices);
    }
  }

  /**
   * The fstab comes first, as in LXC, but for what is there before LXC mounts anything.
   *
   * @param hooks mounts of hooks
   */
  Mounts read(List<HookMounts.Below> hooks) {
    hooks.forEach(each -> mount(each.setting(), each.line(), each.target()));
    settings.one("lxc.mount.fstab").ifPresent(this::fstab);
    settings.all("lxc.mount.entry").forEach(this::entry);
    for (Setting setting : settings.all("lxc.mount.auto")) {
      Values.words(setting.value()).forEach(word -> FixedMounts.automatic(report, setting, word));
    }
    return new Mounts(List.copyOf(filesystems.values()), List.copyOf(devices.values()));
  }

  private void fstab(Setting setting) {
    try {
      ConfigText text = ConfigText.of(files.read(files.locate(setting.value())));
      int number = 0;
      for (String line : text.lines()) {
        number++;
        if (!line.isEmpty() && !line.startsWith("#")) {
          Origin at = new Origin(setting.value(), number, 0, "");
          entry(new Setting(setting.order(), at, "lxc.mount.entry", line, ""));
        }
      }
    } catch (ReadFailedException unreadable) {
      report.lost(setting, unreadable.getMessage());
    }
  }

  private void entry(Setting setting) {
    Optional<FstabLine> line = FstabLine.parse(setting.value());
    if (line.isEmpty() || !ConfigText.fitsXml(line.get().toString())) {
      report.lost(setting, "expected a source, a target, a type and options, as in an fstab");
      return;
    }
    Optional<GuestPath> target = targets.read(line.get().target());
    if (target.isEmpty()) {
      report.lost(setting, "the target is not below the guest's root; LXC passes over it");
    } else if (target.get().isRoot()) {
      report.lost(setting, "the root is what lxc.rootfs.path says");
    } else {
      mount(setting, line.get(), target.get());
    }
  }

  private void mount(Setting setting, FstabLine line, GuestPath target) {
    boolean bind = line.has("bind") || line.has("rbind");
    Optional<String> fixed = bind ? Optional.empty() : FixedMounts.at(line.type(), target);
    if (fixed.isPresent()) {
      report.same(setting, fixed.get());
    } else if (bind && FixedMounts.isNode(target)) {
      report.lost(setting, "every guest has a " + target + " of its own");
    } else if (bind) {
      bind(setting, line, target);
    } else if (line.type().equals("tmpfs")) {
      put(
          setting,
          new RamReader(report)
              .read(setting, line, place(setting, line, target, RamReader::knows)));
    } else if (line.type().equals("overlay") || line.type().equals("overlayfs")) {
      overlay(setting, line, target);
    } else if (FixedMounts.isKernels(line.type())) {
      report.lost(setting, "a guest has one " + line.type() + ", at its usual place");
    } else if (line.source().startsWith("/dev/") || line.has("loop")) {
      device(setting, line, target);
    } else {
      report.lost(setting, "a domain has no filesystems of type '" + line.type() + "'");
    }
  }

  private Filesystem.Place place(
      Setting setting,
      FstabLine line,
      GuestPath target,
      java.util.function.Predicate<String> known) {
    MountOptions options = new OptionReader(report).read(setting, line.options(), known);
    return new Filesystem.Place(
        target,
        OptionReader.readonly(line.options()),
        options,
        Optional.empty(),
        Optional.empty(),
        setting.at());
  }

  private void put(Setting setting, Filesystem filesystem) {
    replace(setting, filesystem.target());
    filesystems.put(filesystem.target(), filesystem);
  }

  /** What is mounted later lies on top. */
  private void replace(Setting setting, GuestPath target) {
    Setting earlier = taken.put(target, setting);
    if (earlier != null) {
      report.lost(earlier, "covered by what " + setting.at() + " mounts at the same place");
      filesystems.remove(target);
      devices.remove(target);
    }
  }

  private void bind(Setting setting, FstabLine line, GuestPath target) {
    if (line.has("relative")) {
      ofGuest(setting, line, target);
      return;
    }
    Optional<Path> source = PathText.host(line.source());
    if (source.isEmpty()) {
      report.lost(setting, "the source is no absolute path");
      return;
    }
    LxcFiles.Kind kind = files.kind(line.source());
    if (kind == LxcFiles.Kind.ABSENT && line.has("optional")) {
      report.lost(setting, "is optional, and there is no '" + line.source() + "' here");
    } else if (target.value().equals(line.source()) && isDevice(kind, line.source())) {
      replace(setting, target);
      devices.put(target, node(setting, kind, line.source()));
    } else {
      put(setting, new Filesystem.Mount(place(setting, line, target, _ -> false), source.get()));
      if (line.has("bind") && !toldOfSubmounts) {
        toldOfSubmounts = true;
        report.note("binds show what is mounted below their sources as well, as rbind does");
      }
    }
  }

  private static boolean isDevice(LxcFiles.Kind kind, String source) {
    return switch (kind) {
      case BLOCK_DEVICE, CHARACTER_DEVICE -> source.startsWith("/dev/");
      case FILE, DIRECTORY, OTHER, ABSENT -> false;
    };
  }

  private HostDevice node(Setting setting, LxcFiles.Kind kind, String path) {
    report.note(setting, "the guest may use the device '" + path + "' in every way");
    return kind == LxcFiles.Kind.BLOCK_DEVICE
        ? new HostDevice.Storage(path, setting.at())
        : new HostDevice.Character(path, setting.at());
  }

  private void ofGuest(Setting setting, FstabLine line, GuestPath target) {
    Optional<GuestPath> source = PathText.guest(line.source());
    if (source.isEmpty()) {
      report.lost(setting, "the source goes up by '..'");
    } else if (FixedMounts.covers(source.get())) {
      report.lost(setting, "the source lies in what the runtime mounts in the guest");
    } else {
      put(setting, new Filesystem.Bind(place(setting, line, target, _ -> false), source.get()));
    }
  }

  private void overlay(Setting setting, FstabLine line, GuestPath target) {
    Optional<OverlayChain> chain = LayerReader.ofOptions(line, setting.at());
    if (chain.isEmpty()) {
      report.lost(setting, "expected lowerdir, and upperdir with workdir, as absolute paths");
      return;
    }
    Filesystem.Place place =
        place(
            setting,
            line,
            target,
            option -> LayerReader.isLayer(option) || LayerReader.isOption(option));
    boolean readonly = place.readonly() || chain.get().upper().isEmpty();
    put(
        setting,
        new Filesystem.Overlay(
            new Filesystem.Place(
                target,
                readonly,
                place.options(),
                Optional.empty(),
                Optional.empty(),
                setting.at()),
            chain.get()));
  }

  private void device(Setting setting, FstabLine line, GuestPath target) {
    Optional<Path> source = PathText.host(line.source());
    if (source.isEmpty()) {
      report.lost(setting, "the source is no absolute path");
      return;
    }
    Filesystem.Place place = place(setting, line, target, _ -> false);
    put(
        setting,
        line.has("loop")
            ? new Filesystem.Image(place, source.get(), io.domus.domain.ImageFormat.RAW)
            : new Filesystem.Block(place, source.get()));
  }
}
