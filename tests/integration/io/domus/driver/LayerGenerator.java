// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.DeviceNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;

/**
 * Fills a directory as overlayfs fills an upper one: with files of all kinds, directories that
 * replace files and the reverse, whiteouts of what lies beneath, opaque directories.
 */
final class LayerGenerator {
  private static final int WHITEOUT_MODE = 0020000;
  private static final int FIFO_MODE = 0010644;
  private static final int DEVICE_MODE = 0020600;
  private static final byte[] YES = {'y'};

  /** Few names, so that layers meet; some are hard to quote. */
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d e", "f:g,h", "\u00fc\\n", ".wh.i", "-r");

  /** Those that a layer of the OCI can have. */
  static final List<String> OCI_NAMES =
      NAMES.stream().filter(name -> !name.startsWith(".wh.")).toList();

  private final List<String> names;
  private final Random random;
  private final Path layer;
  private final TreeView beneath;

  LayerGenerator(Random random, Path layer, TreeView beneath) {
    this(NAMES, random, layer, beneath);
  }

  LayerGenerator(List<String> names, Random random, Path layer, TreeView beneath) {
    this.names = names;
    this.random = random;
    this.layer = layer;
    this.beneath = beneath;
  }

  void fill() throws IOException {
    for (int count = random.nextInt(4); count > 0; count--) {
      opaque(somewhere());
    }
    for (int count = 5 + random.nextInt(15); count > 0; count--) {
      addition(somewhere());
    }
    for (String path : List.copyOf(beneath.entries().keySet())) {
      if (random.nextInt(6) == 0) {
        whiteout(path);
      }
    }
  }

  private String somewhere() {
    StringBuilder path = new StringBuilder();
    for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
      path.append(path.isEmpty() ? "" : "/").append(names.get(random.nextInt(names.size())));
    }
    return path.toString();
  }

  private void addition(String where) throws IOException {
    Path path = layer.resolve(where);
    if (!makeParents(path) || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    switch (random.nextInt(8)) {
      case 0, 1 -> Files.createDirectory(path);
      case 2 -> Files.createSymbolicLink(path, Path.of(somewhere()));
      case 3 -> Site.SYSCALLS.mknod(path, FIFO_MODE, new DeviceNumber(0, 0));
      case 4 -> Site.SYSCALLS.mknod(path, DEVICE_MODE, new DeviceNumber(1, 3));
      default -> file(path);
    }
    attributes(path);
  }

  private void file(Path path) throws IOException {
    byte[] text = ("content " + random.nextInt()).getBytes(StandardCharsets.UTF_8);
    Files.write(path, random.nextInt(5) == 0 ? new byte[0] : text);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1L + random.nextInt(1_000_000_000)));
  }

  /** False if something else is in the way in this layer. */
  private boolean makeParents(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent.equals(layer)) {
      return true;
    }
    if (!makeParents(parent)) {
      return false;
    }
    if (!Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(parent);
      attributes(parent);
    }
    return Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS);
  }

  private void attributes(Path path) throws IOException {
    if (random.nextInt(3) == 0) {
      Integer owner = List.of(0, 1000, 65534).get(random.nextInt(3));
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
    if (random.nextInt(4) == 0) {
      Site.SYSCALLS.lsetxattr(path, "trusted.note", somewhere().getBytes(StandardCharsets.UTF_8));
    }
    boolean plain =
        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (plain) {
      if (random.nextInt(4) == 0) {
        Site.SYSCALLS.lsetxattr(path, "user.note", somewhere().getBytes(StandardCharsets.UTF_8));
      }
      Integer mode = List.of(0755, 0700, 0644, 01777, 04755, 02750).get(random.nextInt(6));
      Files.setAttribute(path, "unix:mode", mode);
    }
  }

  private void opaque(String where) throws IOException {
    Path path = layer.resolve(where);
    if (makeParents(path) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(path);
      attributes(path);
      Site.SYSCALLS.lsetxattr(path, "trusted.overlay.opaque", YES);
    }
  }

  /** Only of what shows through, as overlayfs itself makes them. */
  private void whiteout(String where) throws IOException {
    Path path = layer.resolve(where);
    boolean generated = NAMES.contains(where.split("/", 2)[0]);
    if (generated
        && showsThrough(path.getParent())
        && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Site.SYSCALLS.mknod(path, WHITEOUT_MODE, new DeviceNumber(0, 0));
    }
  }

  /** Makes a directory of the layer through which one beneath shows; false where that cannot be. */
  private boolean showsThrough(Path directory) throws IOException {
    if (directory.equals(layer)) {
      return true;
    }
    if (!showsThrough(directory.getParent())) {
      return false;
    }
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(directory);
      return true;
    }
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && Site.SYSCALLS.lgetxattr(directory, "trusted.overlay.opaque").isEmpty();
  }
}
