// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A tree of files in memory, without symbolic links and permissions. */
final class FakeFiles {
  private static final DeviceNumber NONE = new DeviceNumber(0, 0);

  private final Map<Path, FakeNode> nodes = new TreeMap<>();
  private int inodes = 1;

  FakeFiles() {
    nodes.put(Path.of("/"), new FakeNode(inodes++, FakeNode.DIRECTORY | 0755, NONE));
  }

  /** Makes a node and the directories above it. */
  FakeNode put(Path path, int mode, DeviceNumber device) {
    if (!path.isAbsolute() || !path.normalize().equals(path)) {
      throw new IllegalArgumentException("not a plain absolute path: " + path);
    }
    Path parent = path.getParent();
    if (parent != null && !nodes.containsKey(parent)) {
      put(parent, FakeNode.DIRECTORY | 0755, NONE);
    }
    return nodes.computeIfAbsent(path, _ -> new FakeNode(inodes++, mode, device));
  }

  FakeNode get(String call, Path path) throws KernelException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      FakeNode parent = nodes.get(above);
      if (parent != null && !parent.isDirectory()) {
        throw failure(call, path, Errno.ENOTDIR);
      }
    }
    FakeNode node = nodes.get(path);
    if (node == null) {
      throw failure(call, path, Errno.ENOENT);
    }
    return node;
  }

  FakeNode make(String call, Path path, int mode, DeviceNumber device) throws KernelException {
    if (nodes.containsKey(path)) {
      throw failure(call, path, Errno.EEXIST);
    }
    get(call, path.getParent());
    return put(path, mode, device);
  }

  FakeOpen.File open(Path path, Set<OpenFlag> flags, int mode) throws KernelException {
    FakeNode node;
    if (!nodes.containsKey(path) && flags.contains(OpenFlag.CREAT)) {
      node = make("open", path, FakeNode.REGULAR | mode, NONE);
    } else {
      node = get("open", path);
      if (flags.contains(OpenFlag.CREAT) && flags.contains(OpenFlag.EXCL)) {
        throw failure("open", path, Errno.EEXIST);
      }
    }
    boolean writes = flags.contains(OpenFlag.WRONLY) || flags.contains(OpenFlag.RDWR);
    if (node.isDirectory() && writes) {
      throw failure("open", path, Errno.EISDIR);
    }
    if (!node.isDirectory() && flags.contains(OpenFlag.DIRECTORY)) {
      throw failure("open", path, Errno.ENOTDIR);
    }
    if (flags.contains(OpenFlag.TRUNC)) {
      node.content = new byte[0];
    }
    return new FakeOpen.File(path, node, flags);
  }

  static KernelException failure(String call, Object operand, Errno errno) {
    return new KernelException(call + " " + operand, errno);
  }
}
