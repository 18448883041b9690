// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.DeviceNumber;
import io.domus.kernel.FileName;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells a digest of a tree, an inode after the other, in the order of their names as bytes. */
final class TreeFacts {
  /** XFS shows access lists a second time under these, and SELinux labels are a host's own. */
  private static final String ALIAS = "trusted.SGI_ACL_";

  private static final String LABEL = "security.selinux";

  private record Inode(DeviceNumber device, long number) {}

  private final Syscalls syscalls;
  private final MessageDigest digest;

  /** Inodes that have several names, and the first of these. */
  private final Map<Inode, String> linked = new HashMap<>();

  TreeFacts(Syscalls syscalls, MessageDigest digest) {
    this.syscalls = syscalls;
    this.digest = digest;
  }

  void add(Path root) throws IOException {
    Stat stat = syscalls.lstat(root);
    inode(root, "", stat);
    children(root, "", stat);
  }

  private void children(Path directory, String name, Stat root) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted while " + directory + " was read");
    }
    SortedMap<String, Path> children = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        byte[] bytes = FileName.bytes(child.getFileName());
        children.put(new String(bytes, StandardCharsets.ISO_8859_1), child);
      }
    }
    for (var child : children.entrySet()) {
      String path = name + "/" + child.getKey();
      Stat stat = syscalls.lstat(child.getValue());
      inode(child.getValue(), path, stat);
      // What is mounted in a base is no part of it, which the mount point is.
      if (stat.isDirectory() && stat.mount() == root.mount()) {
        children(child.getValue(), path, root);
      }
    }
  }

  private void inode(Path path, String name, Stat stat) throws IOException {
    StringBuilder line = new StringBuilder(name).append('\0');
    line.append(Integer.toOctalString(stat.mode()));
    line.append(' ').append(stat.uid()).append(' ').append(stat.gid());
    if (!stat.isDirectory()) {
      line.append(' ').append(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
    }
    if (stat.isRegularFile()) {
      line.append(' ').append(stat.size());
    } else if (stat.isSymbolicLink()) {
      byte[] target = FileName.bytes(Files.readSymbolicLink(path));
      line.append(' ').append(new String(target, StandardCharsets.ISO_8859_1));
    } else if (!stat.isDirectory()) {
      line.append(' ').append(stat.target());
    }
    line.append('\0');
    String first = stat.isDirectory() || stat.links() == 1 ? null : link(name, stat);
    if (first == null) {
      attributes(path, line);
    } else {
      line.append(first).append('\0');
    }
    digest.update(line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private String link(String name, Stat stat) {
    return linked.putIfAbsent(new Inode(stat.device(), stat.inode()), name);
  }

  private void attributes(Path path, StringBuilder line) throws IOException {
    for (String attribute : new TreeSet<>(syscalls.llistxattr(path))) {
      boolean counts =
          !OverlayMark.isHarmless(attribute)
              && !attribute.startsWith(ALIAS)
              && !attribute.equals(LABEL);
      if (counts) {
        byte[] value = syscalls.lgetxattr(path, attribute).orElse(new byte[0]);
        line.append(attribute).append('=').append(HexFormat.of().formatHex(value)).append('\0');
      }
    }
  }
}
