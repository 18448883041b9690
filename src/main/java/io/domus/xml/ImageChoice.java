// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.ImageFormat;
import io.domus.xml.bind.DriverBean;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.StoreBean;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a definition says of an image's format and of how it is attached. libvirt spells it one way
 * for filesystems ({@code <driver type='nbd' format='qcow2'/>}), another for disks ({@code <driver
 * name='nbd' type='qcow2'/>}, {@code <format type='qcow2'/>}); all are taken.
 *
 * @param formats {@code raw}, {@code qcow2}; more than one is a contradiction
 * @param drivers {@code loop}, {@code nbd}, or what libvirt knows for other things
 */
record ImageChoice(SortedSet<String> formats, SortedSet<String> drivers) {
  static ImageChoice of(LayeredBean image) {
    SortedSet<String> formats = new TreeSet<>();
    SortedSet<String> drivers = new TreeSet<>();
    DriverBean driver = image.driver;
    if (driver != null) {
      add(isFormat(driver.type) ? formats : drivers, driver.type);
      add(formats, driver.format);
      add(drivers, driver.name);
    }
    switch (image) {
      case StoreBean store -> {
        if (store.format != null) {
          add(formats, store.format.type);
        }
      }
      case FilesystemBean filesystem -> {}
    }
    return new ImageChoice(formats, drivers);
  }

  private static boolean isFormat(String type) {
    return type != null && (type.strip().equals("raw") || type.strip().equals("qcow2"));
  }

  private static void add(SortedSet<String> set, String value) {
    if (value != null) {
      set.add(value.strip());
    }
  }

  ImageFormat format() {
    return formats.contains("qcow2") ? ImageFormat.QCOW2 : ImageFormat.RAW;
  }

  /** What is wrong with the choice, or the empty string. */
  String problem() {
    if (formats.size() > 1) {
      return "the image cannot be both " + String.join(" and ", formats);
    }
    if (drivers.size() > 1) {
      return "the image cannot be attached by both " + String.join(" and ", drivers);
    }
    if (drivers.isEmpty()) {
      return "";
    }
    return switch (drivers.first()) {
      case "loop" -> format() == ImageFormat.RAW ? "" : "loop attaches raw images only";
      case "nbd" -> formats.isEmpty() ? "nbd needs the image's format, raw or qcow2" : "";
      default -> "driver " + Printable.quoted(drivers.first()) + " is not supported for images";
    };
  }
}
