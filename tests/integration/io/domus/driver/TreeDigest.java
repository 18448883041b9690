// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.DeviceNumber;
import io.domus.kernel.FileName;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All that a tree is, as text: a line an inode, sorted by path. Two trees are alike if their texts
 * are, on whatever filesystems they lie, so sizes and link counts of directories and times of
 * access and change are left out. Holes are no difference; {@link #sparse} tells of them.
 */
final class TreeDigest {
  /** XFS shows its access lists a second time, under the name that they have on the disk. */
  private static final Predicate<String> ALIAS = name -> name.startsWith("trusted.SGI_ACL_");

  private static final Predicate<String> MARK = name -> name.startsWith("trusted.overlay.");

  private static final byte[] ZEROES = new byte[1 << 20];

  private final Predicate<String> leftOut;
  private final SortedMap<String, Path> files = new TreeMap<>();

  private TreeDigest(Predicate<String> leftOut) {
    this.leftOut = leftOut;
  }

  /** With everything, overlayfs's own marks included. */
  static String of(Path tree) throws IOException {
    return new TreeDigest(ALIAS).text(tree);
  }

  /** As a guest sees it, to whom overlayfs does not show its marks. */
  static String withoutMarks(Path tree) throws IOException {
    return new TreeDigest(ALIAS.or(MARK)).text(tree);
  }

  /** How many bytes of disk a file takes; far fewer than its size if it is sparse. */
  static long sparse(Path file) throws KernelException {
    return Site.SYSCALLS.lstat(file).allocated();
  }

  /**
   * The lines that only one of two texts has, marked as diff marks them; empty if they are alike.
   */
  static String difference(String before, String after) {
    TreeSet<String> gone = new TreeSet<>(before.lines().toList());
    TreeSet<String> come = new TreeSet<>(after.lines().toList());
    gone.removeAll(after.lines().toList());
    come.removeAll(before.lines().toList());
    List<String> lines = new ArrayList<>();
    gone.forEach(line -> lines.add("- " + line));
    come.forEach(line -> lines.add("+ " + line));
    lines.sort((one, other) -> one.substring(2).compareTo(other.substring(2)));
    return String.join("\n", lines);
  }

  private record Inode(DeviceNumber device, long number) {}

  private String text(Path tree) throws IOException {
    find(tree, "");
    SortedMap<String, Stat> stats = new TreeMap<>();
    Map<Inode, TreeSet<String>> names = new HashMap<>();
    for (String name : files.keySet()) {
      Stat stat = Site.SYSCALLS.lstat(files.get(name));
      stats.put(name, stat);
      names.computeIfAbsent(new Inode(stat.device(), stat.inode()), _ -> new TreeSet<>()).add(name);
    }
    StringBuilder text = new StringBuilder();
    for (String name : files.keySet()) {
      Stat stat = stats.get(name);
      TreeSet<String> same = names.get(new Inode(stat.device(), stat.inode()));
      if (same.first().equals(name)) {
        text.append(line(name, files.get(name), stat));
        if (same.size() > 1) {
          text.append(" names=").append(String.join("|", same));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private void find(Path path, String name) throws IOException {
    files.put(name.isEmpty() ? "." : name, path);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          find(
              child,
              name + (name.isEmpty() ? "" : "/") + printable(FileName.bytes(child.getFileName())));
        }
      }
    }
  }

  private String line(String name, Path path, Stat stat) throws IOException {
    StringBuilder line = new StringBuilder(name);
    line.append(' ').append(kind(stat));
    line.append(" %04o %d:%d ".formatted(stat.permissions(), stat.uid(), stat.gid()));
    FileTime time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    line.append(time.toInstant());
    if (stat.isRegularFile()) {
      line.append(" size=").append(stat.size()).append(" sha256=").append(sha256(path));
    } else if (stat.isSymbolicLink()) {
      line.append(" -> ").append(printable(FileName.bytes(Files.readSymbolicLink(path))));
    } else if (stat.isBlockDevice() || stat.isCharacterDevice()) {
      line.append(" device=").append(stat.target());
    }
    for (String attribute : new TreeSet<>(Site.SYSCALLS.llistxattr(path))) {
      if (!leftOut.test(attribute)) {
        byte[] value = Site.SYSCALLS.lgetxattr(path, attribute).orElseThrow();
        line.append(' ').append(attribute).append('=').append(HexFormat.of().formatHex(value));
      }
    }
    return line.toString();
  }

  private static String kind(Stat stat) {
    return switch (stat.mode() & 0xf000) {
      case 0x1000 -> "fifo";
      case 0x2000 -> "character";
      case 0x4000 -> "directory";
      case 0x6000 -> "block";
      case 0x8000 -> "file";
      case 0xa000 -> "link";
      case 0xc000 -> "socket";
      default -> "0%o".formatted(stat.mode());
    };
  }

  /** Of files with a mebibyte of zeroes somewhere, of what is no such mebibyte and where it is. */
  private static String sha256(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      boolean skipped = false;
      long offset = 0;
      byte[] block = new byte[ZEROES.length];
      int length = content.readNBytes(block, 0, block.length);
      while (length > 0) {
        if (length == block.length && Arrays.equals(block, ZEROES)) {
          skipped = true;
        } else {
          if (skipped) {
            digest.update(Long.toString(offset).getBytes(StandardCharsets.US_ASCII));
          }
          digest.update(block, 0, length);
        }
        offset += length;
        length = content.readNBytes(block, 0, block.length);
      }
      return (skipped ? "(of data)" : "") + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** On one line and in ASCII, so that every name has one picture and no other name has it. */
  private static String printable(byte[] name) {
    StringBuilder text = new StringBuilder(name.length);
    for (byte one : name) {
      if (one > ' ' && one < 0x7f && one != '\\' && one != '|') {
        text.append((char) one);
      } else {
        text.append("\\x%02x".formatted(one & 0xff));
      }
    }
    return text.toString();
  }
}
