// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Changes of a tree, made up by chance from what is in it, as lines of shell: the same lines can be
 * run in another tree that is alike. Files of several names are only ever deleted, because
 * overlayfs tears them apart when it copies one of them up.
 */
final class TreeChanges {
  /** What was changed gets a time of its own, so that both trees have the same. */
  private static final String END = "find . -newermt 2020-01-01 -exec touch -h -d '@%d' {} +";

  private final Random random;
  private int serial;

  TreeChanges(Random random) {
    this.random = random;
  }

  /** A tree to begin with. */
  static void plant(Path tree) throws IOException, InterruptedException {
    Host.script(
        """
        cd "$1"; umask 022
        for d in a b c a/x a/y b/x; do
          mkdir $d
          for f in 1 2 3; do echo "$d/$f" >$d/file$f; done
        done
        ln a/file1 a/twin; ln -s ../a b/link; mkfifo c/pipe; mknod c/null c 1 3
        find . -exec touch -h -d '@1000000000' {} +
        """,
        tree.toString());
  }

  /** Lines for the tree as it is now. */
  String script(Path tree) throws IOException {
    StringBuilder script = new StringBuilder("set -e; cd \"$1\"; umask 022\n");
    List<String> gone = new ArrayList<>();
    List<String> all = paths(tree);
    for (int count = 4 + random.nextInt(5); count > 0; count--) {
      String path = all.get(random.nextInt(all.size()));
      boolean touched =
          gone.stream()
              .anyMatch(
                  other ->
                      path.equals(other)
                          || path.startsWith(other + "/")
                          || other.startsWith(path + "/"));
      if (!touched) {
        gone.add(path);
        script.append(change(tree, path)).append('\n');
      }
    }
    serial++;
    script.append("echo %d >'new%d'\n".formatted(serial, serial % 7));
    return script.append(END.formatted(1_000_000_000 + serial)).append('\n').toString();
  }

  private static List<String> paths(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .map(file -> tree.relativize(file).toString())
          .filter(name -> !name.isEmpty() && name.matches("[abc](/.*)?"))
          .sorted()
          .toList();
    }
  }

  private String change(Path tree, String path) throws IOException {
    Path file = tree.resolve(path);
    String quoted = "'" + path + "'";
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return ofDirectory(quoted, path.contains("/"));
    }
    if ((int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
      return "rm " + quoted;
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? ofFile(quoted)
        : "rm -f %s; echo was-special >%s".formatted(quoted, quoted);
  }

  private String ofDirectory(String path, boolean inner) {
    serial++;
    String fill =
        "for f in 1 2 4; do rm -rf %s/file$f; echo %d >%s/file$f; done"
            .formatted(path, serial, path);
    return switch (random.nextInt(inner ? 10 : 6)) {
      case 0 -> "rm -rf %s; mkdir %s; %s".formatted(path, path, fill);
      case 1 -> "chmod %o %s".formatted(0700 + random.nextInt(64), path);
      case 2 -> "chown %d:7 %s; setfattr -n user.d -v %d %s".formatted(serial, path, serial, path);
      case 3 ->
          "rm -rf %s/sub%d; mkdir -p %s/sub%d; echo %d >%s/sub%d/file"
              .formatted(path, serial % 5, path, serial % 5, serial, path, serial % 5);
      case 4 -> fill;
      case 5 -> "rm -f %s/other; ln -s to%d %s/other".formatted(path, serial, path);
      case 6 -> "rm -rf %s".formatted(path);
      case 7 -> "rm -rf %s; echo file >%s".formatted(path, path);
      case 8 -> "rm -rf %s; ln -s %d %s".formatted(path, serial, path);
      default ->
          "rm -rf %s; mkdir %s; setfacl -m u:%d:rwx,d:u:%d:rx %s"
              .formatted(path, path, serial, serial, path);
    };
  }

  private String ofFile(String path) {
    serial++;
    return switch (random.nextInt(9)) {
      case 0 -> "echo %d >>%s".formatted(serial, path);
      case 1 -> "rm %s; echo new%d >%s".formatted(path, serial, path);
      case 2 -> "rm %s".formatted(path);
      case 3 -> "rm %s; mkdir %s; echo %d >%s/file".formatted(path, path, serial, path);
      case 4 -> "chmod %o %s".formatted(0600 + random.nextInt(64), path);
      case 5 -> "chown %d:8 %s".formatted(serial, path);
      case 6 -> "setfattr -n user.f -v %d %s".formatted(serial, path);
      case 7 -> "rm -f a/twin%d; ln %s a/twin%d".formatted(serial, path, serial);
      default -> "mv -T %s c/moved%d".formatted(path, serial);
    };
  }
}
