// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.MountBean;
import io.domus.xml.bind.SourceBean;
import io.domus.xml.bind.TargetBean;
import io.domus.xml.bind.TextBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Rules for {@code <filesystem>}. */
final class FilesystemRules {
  static final List<String> MOUNT_OPTIONS = List.of("nosuid", "nodev", "noexec", "noatime");

  /** The types that have no layers. */
  private static final Set<String> PLAIN = Set.of("mount", "bind", "block", "file", "ram");

  private final Faults faults;
  private final PathRules paths;
  private final SourceRules sources;
  private final OverlayRules overlays;
  private final OverlayOptionRules options;
  private final ImageRules images;
  private final Map<String, TargetBean> targets = new HashMap<>();

  FilesystemRules(Faults faults) {
    this.faults = faults;
    this.paths = new PathRules(faults);
    this.sources = new SourceRules(faults);
    this.overlays = new OverlayRules(faults);
    this.options = new OverlayOptionRules(faults);
    this.images = new ImageRules(faults);
  }

  void check(DomainBean domain) {
    boolean certain = !domain.incomplete;
    if (domain.devices != null) {
      domain.devices.filesystems.forEach(this::check);
      certain &= !domain.devices.incomplete;
      certain &= domain.devices.filesystems.stream().allMatch(FilesystemRules::hasTarget);
    }
    if (!targets.containsKey("/") && certain) {
      faults.error(
          "fs.no-root",
          Faults.of(domain.devices == null ? domain : domain.devices),
          "no <filesystem> has the target '/', the root of the guest");
    }
  }

  private static boolean hasTarget(FilesystemBean filesystem) {
    return !filesystem.targets.isEmpty() && filesystem.targets.getFirst().dir != null;
  }

  private void check(FilesystemBean filesystem) {
    target(filesystem);
    if (filesystem.mount != null && filesystem.mount.options != null) {
      options(filesystem.mount);
    }
    space(filesystem.spaceHardLimit);
    String type = filesystem.type.strip();
    if (PLAIN.contains(type)) {
      onlyForOverlays(filesystem);
    }
    switch (type) {
      case "mount" -> {
        host(filesystem, type, List.of("dir"));
        driverIgnored(filesystem);
      }
      case "bind" -> bind(filesystem);
      case "block" -> {
        host(filesystem, type, List.of("dev", "file"));
        driverIgnored(filesystem);
      }
      case "file" -> {
        host(filesystem, type, List.of("file"));
        images.check(filesystem);
      }
      case "ram" -> ram(filesystem);
      case "overlay" -> overlays.check(filesystem);
      case "template", "volume" ->
          faults.error(
              "fs.unsupported-type",
              faults.attribute(filesystem, "type"),
              "filesystem type '%s' is not supported, expected mount, bind, block, file, ram or overlay"
                  .formatted(type));
      default -> {}
    }
  }

  private void target(FilesystemBean filesystem) {
    if (filesystem.targets.isEmpty()) {
      if (!filesystem.incomplete) {
        faults.error(
            "fs.one-target", Faults.of(filesystem), "<filesystem> needs <target dir='…'/>");
      }
      return;
    }
    TargetBean target = filesystem.targets.getFirst();
    for (TargetBean surplus : filesystem.targets.subList(1, filesystem.targets.size())) {
      faults.error(
          "fs.one-target",
          Faults.of(surplus),
          "a second <target> in <filesystem>, the first is in line " + target.line);
    }
    if (paths.guest("fs.target-not-normalised", target, "dir", target.dir)) {
      TargetBean first = targets.putIfAbsent(target.dir, target);
      if (first != null) {
        faults.error(
            "fs.duplicate-target",
            faults.attribute(target, "dir"),
            "target %s is already that of the filesystem in line %d"
                .formatted(Printable.quoted(target.dir), first.line));
      }
    }
  }

  private void host(FilesystemBean filesystem, String type, List<String> allowed) {
    sources.single(filesystem, type, filesystem.sources, allowed).ifPresent(paths::host);
  }

  private void bind(FilesystemBean filesystem) {
    sources
        .single(filesystem, "bind", filesystem.sources, List.of("dir"))
        .ifPresent(named -> paths.guest("fs.bind-source", named.source(), "dir", named.value()));
    notRoot(filesystem, "a bind of the guest's own files");
    driverIgnored(filesystem);
  }

  private void ram(FilesystemBean filesystem) {
    sources
        .single(filesystem, "ram", filesystem.sources, List.of("usage"))
        .map(SourceRules.Named::source)
        .filter(source -> !source.incomplete)
        .ifPresent(this::ramSize);
    notRoot(filesystem, "an empty ram filesystem");
    driverIgnored(filesystem);
  }

  private void ramSize(SourceBean source) {
    OptionalLong bytes = Quantity.bytes(source.usage, source.units, Quantity.KIB);
    if (bytes.isEmpty() || bytes.getAsLong() == 0) {
      faults.error(
          "fs.ram-size",
          faults.attribute(source, "usage"),
          "a ram filesystem of %s cannot be made"
              .formatted(bytes.isEmpty() ? "8 EiB or more" : "size 0"));
    }
  }

  private void notRoot(FilesystemBean filesystem, String what) {
    if (hasTarget(filesystem) && filesystem.targets.getFirst().dir.equals("/")) {
      faults.error(
          "fs.not-a-root",
          faults.attribute(filesystem.targets.getFirst(), "dir"),
          what + " cannot be the root");
    }
  }

  private void driverIgnored(LayeredBean filesystem) {
    if (filesystem.driver != null && filesystem.driver.options.isEmpty()) {
      images.ignored(filesystem.driver);
    }
  }

  private void onlyForOverlays(FilesystemBean filesystem) {
    if (!filesystem.stores.isEmpty()) {
      faults.error(
          "fs.backing-store",
          Faults.of(filesystem.stores.getFirst()),
          "<backingStore> is for overlays, not for type " + Printable.quoted(filesystem.type));
    }
    options.misplaced(filesystem);
  }

  private void options(MountBean mount) {
    for (String option : mount.options.split(",", -1)) {
      if (!MOUNT_OPTIONS.contains(option.strip())) {
        faults.error(
            "fs.mount-option",
            faults.attribute(mount, "options"),
            "unknown mount option %s%s"
                .formatted(
                    Printable.quoted(option.strip()),
                    NearestName.of(option.strip(), MOUNT_OPTIONS)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("")),
            MOUNT_OPTIONS);
      }
    }
  }

  private void space(TextBean limit) {
    if (limit == null || limit.incomplete) {
      return;
    }
    OptionalLong bytes = Quantity.bytes(limit.value, limit.unit, Quantity.BYTE);
    if (bytes.isEmpty() || bytes.getAsLong() == 0) {
      faults.error(
          "fs.space-limit",
          faults.content(limit),
          "<space_hard_limit> must be from 1 byte to 8 EiB less a byte");
    } else {
      faults.warning(
          "unsupported", Faults.of(limit), "<space_hard_limit> " + Unhonoured.LATER.text());
    }
  }
}
