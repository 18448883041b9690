// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mount table as {@code /proc/PID/mountinfo} shows it, in its order: a later mount on the same
 * point covers an earlier one.
 */
public record MountInfo(List<Entry> entries) {
  public MountInfo {
    entries = List.copyOf(entries);
  }

  /**
   * One line.
   *
   * @param root the directory of the filesystem that is mounted
   * @param fields the optional fields, such as {@code shared:1} and {@code master:2}
   */
  public record Entry(
      int id,
      int parent,
      DeviceNumber device,
      String root,
      Path target,
      List<String> options,
      List<String> fields,
      String type,
      String source,
      List<String> superOptions) {
    public Entry {
      options = List.copyOf(options);
      fields = List.copyOf(fields);
      superOptions = List.copyOf(superOptions);
    }

    public boolean isShared() {
      return fields.stream().anyMatch(field -> field.startsWith("shared:"));
    }
  }

  /** The table of the calling thread's namespace. */
  public static MountInfo current() throws IOException {
    return read(Path.of("/proc/thread-self/mountinfo"));
  }

  /** The table of a process's namespace. */
  public static MountInfo ofProcess(int pid) throws IOException {
    return read(Path.of("/proc/" + pid + "/mountinfo"));
  }

  private static MountInfo read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Reads the text of a mountinfo file. */
  public static MountInfo parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        entries.add(entry(line));
      }
    }
    return new MountInfo(entries);
  }

  private static Entry entry(String line) {
    String[] words = line.split(" ", -1);
    int separator = 6;
    while (separator < words.length && !words[separator].equals("-")) {
      separator++;
    }
    if (separator + 3 >= words.length) {
      throw new IllegalArgumentException("not a line of mountinfo: " + line);
    }
    String[] device = words[2].split(":", -1);
    return new Entry(
        Integer.parseInt(words[0]),
        Integer.parseInt(words[1]),
        new DeviceNumber(Integer.parseInt(device[0]), Integer.parseInt(device[1])),
        unescape(words[3]),
        Path.of(unescape(words[4])),
        List.of(words[5].split(",", -1)),
        List.of(words).subList(6, separator),
        words[separator + 1],
        unescape(words[separator + 2]),
        List.of(words[separator + 3].split(",", -1)));
  }

  /** Space, tab, newline and backslash stand there as three octal digits. */
  private static String unescape(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '\\' && i + 3 < word.length()) {
        plain.append((char) Integer.parseInt(word.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(word.charAt(i));
      }
    }
    return plain.toString();
  }

  /** The topmost mount on exactly this point. */
  public Optional<Entry> at(Path target) {
    return entries.reversed().stream().filter(entry -> entry.target().equals(target)).findFirst();
  }

  /** The point of the mount that a path without symbolic links is on. */
  public Path pointOf(Path real) {
    Path point = real;
    while (at(point).isEmpty() && point.getParent() != null) {
      point = point.getParent();
    }
    return point;
  }

  /** The mounts on this point and below it, in the order in which they can be unmounted. */
  public List<Entry> below(Path target) {
    return entries.reversed().stream().filter(entry -> entry.target().startsWith(target)).toList();
  }
}
