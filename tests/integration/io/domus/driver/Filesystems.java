// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.file.Path;

/** The filesystem elements of definitions. */
final class Filesystems {
  private Filesystems() {}

  static String mount(Path source, String target, String... more) {
    return "<filesystem type='mount'><source dir='%s'/><target dir='%s'/>%s</filesystem>"
        .formatted(source, target, String.join("", more));
  }

  /** An overlay with a writable layer. */
  static String overlay(Path upper, Path work, String target, String... stores) {
    return "<filesystem type='overlay'>%s%s<target dir='%s'/></filesystem>"
        .formatted(sources(upper, work), String.join("", stores), target);
  }

  /** An overlay that is only read. */
  static String overlay(String target, String... stores) {
    return "<filesystem type='overlay'>%s<target dir='%s'/><readonly/></filesystem>"
        .formatted(String.join("", stores), target);
  }

  /** A store that is a directory, with stores beneath it that it lies upon. */
  static String directory(Path layer, String... beneath) {
    return "<backingStore type='dir'><source dir='%s'/>%s</backingStore>"
        .formatted(layer, String.join("", beneath));
  }

  /** A store that is an overlay itself. */
  static String inner(Path upper, Path work, String... content) {
    return "<backingStore type='overlay'>%s%s</backingStore>"
        .formatted(sources(upper, work), String.join("", content));
  }

  /** A store that is an overlay without a writable layer. */
  static String inner(String... stores) {
    return "<backingStore type='overlay'>%s</backingStore>".formatted(String.join("", stores));
  }

  static String imageStore(Path image, String format) {
    return "<backingStore type='file'><driver name='%s' type='%s'/><source file='%s'/></backingStore>"
        .formatted(format.equals("raw") ? "loop" : "nbd", format, image);
  }

  static String image(Path image, String format, String target, String... more) {
    return ("<filesystem type='file'><driver type='%s' format='%s'/><source file='%s'/>"
            + "<target dir='%s'/>%s</filesystem>")
        .formatted(
            format.equals("raw") ? "loop" : "nbd", format, image, target, String.join("", more));
  }

  static String block(Path device, String target, String... more) {
    return "<filesystem type='block'><source dev='%s'/><target dir='%s'/>%s</filesystem>"
        .formatted(device, target, String.join("", more));
  }

  static String ram(int mebibytes, String target) {
    return ("<filesystem type='ram'><source usage='%d' units='MiB'/><target dir='%s'/>"
            + "</filesystem>")
        .formatted(mebibytes, target);
  }

  static String bind(String source, String target) {
    return "<filesystem type='bind'><source dir='%s'/><target dir='%s'/></filesystem>"
        .formatted(source, target);
  }

  /** The option elements of an overlay or of a store. */
  static String options(String... namesAndValues) {
    StringBuilder options = new StringBuilder("<driver>");
    for (int index = 0; index < namesAndValues.length; index += 2) {
      options.append(
          "<option name='%s' value='%s'/>"
              .formatted(namesAndValues[index], namesAndValues[index + 1]));
    }
    return options.append("</driver>").toString();
  }

  private static String sources(Path upper, Path work) {
    return "<source dir='%s'/><source dir='%s'/>".formatted(upper, work);
  }
}
