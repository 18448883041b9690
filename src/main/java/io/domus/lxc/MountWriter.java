// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.MountOptions;
import io.domus.domain.OverlayChain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes filesystems, and the nodes of devices. */
final class MountWriter {
  private final ConfigLines lines;
  private final Report report;
  private final LxcFiles files;

  MountWriter(ConfigLines lines, Report report, LxcFiles files) {
    this.lines = lines;
    this.report = report;
    this.files = files;
  }

  void write(DomainDef domain) {
    for (Filesystem filesystem : domain.filesystems()) {
      filesystem
          .place()
          .accessMode()
          .ifPresent(_ -> lost(filesystem, "accessmode of <filesystem>"));
      filesystem.place().spaceHardLimit().ifPresent(_ -> lost(filesystem, "<space_hard_limit>"));
      if (filesystem.target().isRoot()) {
        new RootWriter(lines, report).write(filesystem);
      } else {
        entry(filesystem);
      }
    }
    domain.hostDevices().forEach(this::device);
  }

  private void lost(Filesystem filesystem, String what) {
    report.lost(filesystem.origin(), what, "LXC has no key for it");
  }

  private void entry(Filesystem filesystem) {
    switch (filesystem) {
      case Filesystem.Mount mount ->
          line(filesystem, mount.source().toString(), "none", "rbind", create(mount));
      case Filesystem.Bind bind ->
          line(
              filesystem,
              bind.source().value().substring(1),
              "none",
              "rbind,relative",
              "create=dir");
      case Filesystem.Ram ram ->
          line(filesystem, "tmpfs", "tmpfs", "size=" + ram.bytes(), "create=dir");
      case Filesystem.Overlay overlay -> overlay(overlay);
      case Filesystem.Block block ->
          report.lost(
              block.origin(),
              "<filesystem type='block'> on " + block.target(),
              "LXC wants to know the filesystem on the device");
      case Filesystem.Image image ->
          report.lost(
              image.origin(),
              "<filesystem type='file'> on " + image.target(),
              "LXC mounts images as roots only");
    }
  }

  private String create(Filesystem.Mount mount) {
    return switch (files.kind(mount.source().toString())) {
      case FILE, CHARACTER_DEVICE, BLOCK_DEVICE, OTHER -> "create=file";
      case DIRECTORY, ABSENT -> "create=dir";
    };
  }

  private void line(
      Filesystem filesystem, String source, String type, String special, String create) {
    List<String> options = new ArrayList<>();
    if (!special.isEmpty()) {
      options.add(special);
    }
    options.addAll(words(filesystem.place()));
    options.add(create);
    line(source, filesystem.target().value(), type, options);
  }

  private void line(String source, String target, String type, List<String> options) {
    lines.add(
        "lxc.mount.entry",
        "%s %s %s %s 0 0"
            .formatted(
                FstabLine.escape(source),
                FstabLine.escape(target.substring(1)),
                type,
                FstabLine.escape(String.join(",", options))));
  }

  static List<String> words(Filesystem.Place place) {
    List<String> words = new ArrayList<>();
    if (place.readonly()) {
      words.add("ro");
    }
    MountOptions options = place.options();
    if (options.nosuid()) {
      words.add("nosuid");
    }
    if (options.nodev()) {
      words.add("nodev");
    }
    if (options.noexec()) {
      words.add("noexec");
    }
    if (options.noatime()) {
      words.add("noatime");
    }
    options
        .propagation()
        .ifPresent(
            kind ->
                words.add(
                    switch (kind) {
                      case PRIVATE -> "rprivate";
                      case SLAVE -> "rslave";
                    }));
    return words;
  }

  private void overlay(Filesystem.Overlay overlay) {
    List<String> lowers = new ArrayList<>();
    for (BackingStore store : overlay.chain().lowers()) {
      if (!(store instanceof BackingStore.Directory directory)) {
        report.lost(
            overlay.origin(),
            "<filesystem type='overlay'> on " + overlay.target(),
            "a layer is no directory");
        return;
      }
      lowers.add(directory.path().toString().replace(":", "\\:"));
    }
    List<String> options = new ArrayList<>();
    options.add("lowerdir=" + String.join(":", lowers));
    overlay
        .chain()
        .upper()
        .ifPresent(
            upper -> {
              options.add("upperdir=" + upper.directory());
              options.add("workdir=" + upper.work());
            });
    if (options.stream().anyMatch(option -> option.indexOf(',') >= 0)) {
      report.lost(
          overlay.origin(),
          "<filesystem type='overlay'> on " + overlay.target(),
          "a path has a comma, which parts options");
      return;
    }
    options.addAll(optionWords(overlay.chain()));
    options.addAll(words(overlay.place()));
    options.add("create=dir");
    line("overlay", overlay.target().value(), "overlay", options);
  }

  static List<String> optionWords(OverlayChain chain) {
    return chain.options().values().entrySet().stream()
        .filter(option -> !isFlag(option.getKey()) || option.getValue().equals("on"))
        .map(
            option ->
                isFlag(option.getKey())
                    ? option.getKey()
                    : option.getKey() + "=" + option.getValue())
        .collect(Collectors.toList());
  }

  private static boolean isFlag(String option) {
    return option.equals("volatile") || option.equals("userxattr");
  }

  private void device(HostDevice device) {
    switch (device) {
      case HostDevice.Storage storage -> node(storage.path(), device);
      case HostDevice.Character character -> node(character.path(), device);
      case HostDevice.Link _ -> {} // the network's
      case HostDevice.Usb usb ->
          report.lost(usb.origin(), "<hostdev type='usb'>", "LXC has no key for it");
    }
  }

  private void node(String path, HostDevice device) {
    line(path, path, "none", List.of("bind", "create=file"));
    report.note(
        device.origin(),
        "LXC lets a guest use '" + path + "' by lxc.cgroup2.devices.allow and its numbers");
  }
}
