// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestPath;
import io.domus.xml.bind.CapabilityBean;
import io.domus.xml.bind.DiskBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.HostdevBean;
import io.domus.xml.bind.HostdevSourceBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.TextBean;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules for {@code <disk>} and {@code <hostdev>}. */
final class DeviceRules {
  private static final Set<String> DISKS = Set.of("block", "file");

  private final Faults faults;

  /** Nodes of the guest and where each was first. */
  private final Map<String, Located> nodes = new HashMap<>();

  DeviceRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    if (domain.devices == null) {
      return;
    }
    boolean mknod = mayMakeNodes(domain);
    domain.devices.disks.forEach(disk -> check(disk, mknod));
    domain.devices.hostdevs.forEach(this::check);
  }

  static String type(DiskBean disk) {
    return disk.type == null ? "file" : disk.type.strip();
  }

  static boolean isForContainers(DiskBean disk) {
    return DISKS.contains(type(disk));
  }

  private static boolean mayMakeNodes(DomainBean domain) {
    if (domain.features == null || domain.features.capabilities == null) {
      return false;
    }
    boolean all =
        domain.features.capabilities.policy != null
            && domain.features.capabilities.policy.strip().equals("allow");
    for (CapabilityBean each : domain.features.capabilities.states) {
      if (each.element.equals("mknod")) {
        return each.state == null || each.state.strip().equals("on");
      }
    }
    return all;
  }

  private void check(DiskBean disk, boolean mknod) {
    if (disk.incomplete) {
      return;
    }
    if (!isForContainers(disk)) {
      faults.warning(
          "unsupported",
          faults.attribute(disk, "type"),
          "a disk of type '%s' has no effect in a container".formatted(type(disk)));
      return;
    }
    String attribute = type(disk).equals("block") ? "dev" : "file";
    String source = source(disk, attribute);
    if (source == null) {
      if (disk.source == null || !disk.source.incomplete) {
        faults.error(
            "disk.source",
            disk.source == null ? Faults.of(disk) : Faults.of(disk.source),
            "<disk type='%s'> needs <source %s='…'/>".formatted(type(disk), attribute));
      }
    } else {
      absolute(disk.source, attribute, source);
    }
    if (disk.target == null) {
      faults.error("disk.target", Faults.of(disk), "<disk> needs <target dev='…'/>");
    } else if (!disk.target.incomplete) {
      node("/dev/" + disk.target.dev.strip(), disk.target, "dev");
    }
    if (mknod && attribute.equals("file")) {
      faults.error(
          "disk.mknod",
          Faults.of(disk),
          "a disk of type 'file' in a guest that may make device nodes: it could open every image"
              + " of the host");
    }
  }

  private static String source(DiskBean disk, String attribute) {
    if (disk.source == null) {
      return null;
    }
    return attribute.equals("dev") ? disk.source.dev : disk.source.file;
  }

  private void absolute(Located owner, String attribute, String path) {
    if (!path.startsWith("/") && !owner.incomplete) {
      faults.error(
          "disk.source",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s> is %s, expected an absolute path"
              .formatted(attribute, owner.element, Printable.quoted(path)));
    }
  }

  private void node(String path, Located owner, String attribute) {
    Located first = nodes.putIfAbsent(path, owner);
    if (first != null) {
      faults.error(
          "device.duplicate-node",
          attribute.isEmpty() ? faults.content(owner) : faults.attribute(owner, attribute),
          "%s is already the node of line %d".formatted(Printable.quoted(path), first.line));
    }
    if (!GuestPath.isNormalised(path)) {
      faults.error(
          "device.node",
          attribute.isEmpty() ? faults.content(owner) : faults.attribute(owner, attribute),
          "%s is no name below /dev".formatted(Printable.quoted(path)));
    }
  }

  private void check(HostdevBean device) {
    if (device.incomplete) {
      return;
    }
    String mode = device.mode.strip();
    String type = device.type.strip();
    HostdevSourceBean source = device.source == null ? new HostdevSourceBean() : device.source;
    String key = mode + " " + type;
    switch (key) {
      case "capabilities storage" -> path(device, source.block, "block");
      case "capabilities misc" -> path(device, source.character, "char");
      case "capabilities net" -> {
        if (source.link == null) {
          missing(device, "<interface>");
        } else if (source.link.value != null
            && source.link.value.strip().equals(InterfaceRules.LOOPBACK)) {
          faults.error(
              "hostdev.source",
              faults.content(source.link),
              "the loopback 'lo' of the host cannot move into a guest");
        }
      }
      case "subsystem usb" -> usb(device, source);
      default ->
          faults.error(
              "hostdev.type",
              faults.attribute(device, "type"),
              "a device of mode '%s' and type '%s' cannot be given to a container"
                  .formatted(mode, type));
    }
  }

  private void missing(HostdevBean device, String what) {
    if (device.source == null || !device.source.incomplete) {
      faults.error(
          "hostdev.source",
          device.source == null ? Faults.of(device) : Faults.of(device.source),
          "<hostdev type='%s'> needs %s in <source>".formatted(device.type.strip(), what));
    }
  }

  private void path(HostdevBean device, TextBean path, String element) {
    if (path == null) {
      missing(device, "<" + element + ">");
    } else if (!path.incomplete) {
      String value = path.value.strip();
      if (value.startsWith("/dev/")) {
        node(value, path, "");
      } else {
        faults.error(
            "hostdev.source",
            faults.content(path),
            "<%s> is %s, expected a path below /dev"
                .formatted(path.element, Printable.quoted(value)));
      }
    }
  }

  private void usb(HostdevBean device, HostdevSourceBean source) {
    if (source.address == null || source.address.bus == null || source.address.device == null) {
      missing(device, "<address bus='…' device='…'/>");
      return;
    }
    for (String attribute : new String[] {"bus", "device"}) {
      String number = attribute.equals("bus") ? source.address.bus : source.address.device;
      if (!source.address.incomplete && busNumber(number).isEmpty()) {
        faults.error(
            "hostdev.usb-address",
            faults.attribute(source.address, attribute),
            "attribute '%s' of <address> is %s, expected 1 to 999"
                .formatted(attribute, Printable.quoted(number)));
      }
    }
  }

  /** Decimal, or hexadecimal with 0x; three digits are all that the node's name has. */
  static Optional<Integer> busNumber(String text) {
    try {
      int number = Integer.decode(text.strip().replaceFirst("^0+(?=[0-9])", ""));
      return number >= 1 && number <= 999 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
