// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trees that a guest can run from: one static busybox and links to it. */
final class GuestTree {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final List<String> APPLETS =
      List.of(
          "cat",
          "chmod",
          "cp",
          "dd",
          "echo",
          "env",
          "false",
          "find",
          "grep",
          "head",
          "id",
          "kill",
          "ln",
          "ls",
          "md5sum",
          "mkdir",
          "mkfifo",
          "mknod",
          "mount",
          "mv",
          "poweroff",
          "ps",
          "pwd",
          "reboot",
          "rm",
          "rmdir",
          "seq",
          "sh",
          "sleep",
          "stat",
          "stty",
          "sync",
          "tail",
          "test",
          "touch",
          "tr",
          "true",
          "umount",
          "wc",
          "yes");

  private static final List<String> DIRECTORIES =
      List.of("bin", "dev", "etc", "proc", "sys", "tmp");

  private GuestTree() {}

  static Path make(Path tree) throws IOException {
    for (String directory : DIRECTORIES) {
      Files.createDirectories(tree.resolve(directory));
    }
    Files.copy(BUSYBOX, tree.resolve("bin/busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(tree.resolve("bin").resolve(applet), Path.of("busybox"));
    }
    Files.writeString(
        tree.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\nweb:x:1000:1001:web:/:/bin/sh\n");
    Files.writeString(tree.resolve("etc/group"), "root:x:0:\nweb:x:1001:\n");
    return tree;
  }
}
