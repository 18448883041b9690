// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guest's own passwd and group files, read below its root with the kernel's promise that no link
 * leads out of it.
 *
 * @param roots directories to look in, the first that has the file counts
 */
record GuestAccounts(Syscalls syscalls, List<Path> roots) {
  private static final int LONGEST_FILE = 1 << 20;

  GuestAccounts {
    roots = List.copyOf(roots);
  }

  /** A user's number and that of its group. */
  record User(long uid, Optional<Long> gid) {}

  /** By name, or by number, {@code +NUMBER} too. */
  Optional<User> user(String text) {
    Optional<Long> number = number(text);
    if (number.isPresent()) {
      return Optional.of(new User(number.get(), Optional.empty()));
    }
    return line("etc/passwd", text, 7)
        .flatMap(fields -> number(fields[2]).map(uid -> new User(uid, number(fields[3]))));
  }

  Optional<Long> group(String text) {
    return number(text).or(() -> line("etc/group", text, 4).flatMap(fields -> number(fields[2])));
  }

  private static Optional<Long> number(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    boolean plain =
        !digits.isEmpty() && digits.length() <= 10 && digits.chars().allMatch(Character::isDigit);
    return plain ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private Optional<String[]> line(String file, String name, int fields) {
    for (Path root : roots) {
      Optional<String> text = read(root, file);
      if (text.isPresent()) {
        return text.get()
            .lines()
            .map(line -> line.split(":", -1))
            .filter(parts -> parts.length >= fields && parts[0].equals(name))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  private Optional<String> read(Path root, String file) {
    try (Fd directory = syscalls.open(root, OpenFlag.PATH, OpenFlag.DIRECTORY);
        Fd fd = syscalls.openInRoot(directory, file, Set.of(OpenFlag.NONBLOCK))) {
      return Optional.of(new String(syscalls.read(fd, LONGEST_FILE), StandardCharsets.UTF_8));
    } catch (KernelException absent) {
      return Optional.empty();
    }
  }
}
