// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Disk;
import io.domus.domain.HostDevice;

/** Writes disks and host devices. */
final class DeviceWriter {
  private final Markup xml;

  DeviceWriter(Markup xml) {
    this.xml = xml;
  }

  void write(Disk disk) {
    xml.open("disk", "type", DomainWriter.lower(disk.kind()));
    disk.format().ifPresent(format -> xml.empty("driver", "type", DomainWriter.lower(format)));
    xml.empty("source", disk.kind() == Disk.Kind.BLOCK ? "dev" : "file", disk.source());
    xml.empty("target", "dev", disk.target());
    if (disk.readonly()) {
      xml.empty("readonly");
    }
    xml.close();
  }

  void write(HostDevice device) {
    switch (device) {
      case HostDevice.Storage storage -> capability("storage", "block", storage.path());
      case HostDevice.Character character -> capability("misc", "char", character.path());
      case HostDevice.Link link -> {
        open("capabilities", "net");
        source("interface", link.link());
        InterfaceWriter addresses = new InterfaceWriter(xml);
        link.addresses().forEach(addresses::address);
        link.routes().forEach(addresses::route);
        xml.close();
      }
      case HostDevice.Usb usb -> {
        open("subsystem", "usb");
        xml.open("source");
        xml.empty(
            "address",
            "bus",
            Integer.toString(usb.bus()),
            "device",
            Integer.toString(usb.device()));
        xml.close();
        xml.close();
      }
    }
  }

  private void capability(String type, String element, String path) {
    open("capabilities", type);
    source(element, path);
    xml.close();
  }

  private void open(String mode, String type) {
    xml.open("hostdev", "mode", mode, "type", type);
  }

  private void source(String element, String text) {
    xml.open("source");
    xml.leaf(element, text);
    xml.close();
  }
}
