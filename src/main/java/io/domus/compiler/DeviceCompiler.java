// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Disk;
import io.domus.domain.DomainDef;
import io.domus.domain.HostDevice;
import io.domus.domain.ImageFormat;
import io.domus.domain.Origin;
import io.domus.oci.OciMount;
import io.domus.oci.Resources;
import io.domus.oci.RuntimeSpec;
import io.domus.plan.Note;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Disks and host devices: nodes that the runtime makes, and leave to use them. */
final class DeviceCompiler {
  private final Draft draft;
  private final List<RuntimeSpec.DeviceNode> nodes = new ArrayList<>();
  private final List<Resources.DeviceRule> rules = new ArrayList<>();

  DeviceCompiler(Draft draft) {
    this.draft = draft;
  }

  List<RuntimeSpec.DeviceNode> nodes() {
    return nodes;
  }

  List<Resources.DeviceRule> rules() {
    return rules;
  }

  void compile(DomainDef domain) {
    for (Disk disk : domain.disks()) {
      switch (disk.kind()) {
        case BLOCK -> {
          String access = disk.readonly() ? "r" : "rw";
          block(disk.source(), "/dev/" + disk.target(), access, disk.origin());
        }
        case FILE -> rules.add(image(disk));
      }
    }
    for (HostDevice device : domain.hostDevices()) {
      device.node().ifPresent(node -> hostDevice(device, node));
    }
  }

  private void block(String source, String target, String access, Origin origin) {
    Path path = Path.of(source);
    SourceCheck.device(draft, path, origin);
    node(path, target, "b", access);
  }

  private void hostDevice(HostDevice device, Path node) {
    if (device instanceof HostDevice.Storage storage) {
      block(storage.path(), storage.path(), "rw", storage.origin());
    } else {
      SourceCheck.character(draft, node, device.origin());
      node(node, node.toString(), "c", "rw");
    }
  }

  private void node(Path source, String target, String type, String access) {
    SourceFacts.DeviceNumber number = draft.facts().source(source).number();
    nodes.add(new RuntimeSpec.DeviceNode(target, type, number.major(), number.minor()));
    rules.add(
        new Resources.DeviceRule(
            type, Optional.of(number.major()), Optional.of(number.minor()), access));
  }

  /**
   * Which device an image gets is known only when it is attached, after the configuration is
   * written: leave is for the driver's devices, of which the guest sees one.
   */
  private Resources.DeviceRule image(Disk disk) {
    boolean qcow2 = disk.format().orElse(ImageFormat.RAW) == ImageFormat.QCOW2;
    int major =
        qcow2 && draft.facts().qcow() == HostFacts.Qcow.NBD
            ? ImageCompiler.NBD
            : ImageCompiler.LOOP;
    return new Resources.DeviceRule(
        "b", Optional.of(major), Optional.empty(), disk.readonly() ? "r" : "rw");
  }

  /** Attaches the image files among the disks and binds their devices to the guest's nodes. */
  static List<OciMount> images(DomainDef domain, Draft draft) {
    List<OciMount> mounts = new ArrayList<>();
    for (Disk disk : domain.disks()) {
      switch (disk.kind()) {
        case BLOCK -> {}
        case FILE -> {
          Note note = Note.of("disk " + disk.target(), disk.origin());
          Path device =
              ImageCompiler.attach(
                  draft,
                  Path.of(disk.source()),
                  disk.format().orElse(ImageFormat.RAW),
                  new ImageCompiler.Use(disk.readonly(), true),
                  note);
          mounts.add(
              new OciMount(
                  "/dev/" + disk.target(),
                  "bind",
                  device.toString(),
                  List.of("bind", "nosuid", "noexec", disk.readonly() ? "ro" : "rw")));
        }
      }
    }
    return mounts;
  }
}
