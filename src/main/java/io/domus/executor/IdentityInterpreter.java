// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.domain.GuestIdentity;
import io.domus.kernel.Errno;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes what names a guest in its own files. Directories are opened with the kernel's promise
 * that no link leads out of the tree; of files only regular ones are touched.
 */
public final class IdentityInterpreter {
  /** What is not there, or goes round in circles, names nobody. */
  private static final Set<Errno> NO_DIRECTORY = Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP);

  /** The name of every machine for itself. */
  private static final String LOCALHOST = "localhost";

  private final Syscalls syscalls;

  public IdentityInterpreter(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  void change(Step.ChangeIdentity step) throws IOException {
    GuestIdentity change = step.change();
    try (Fd root = syscalls.open(step.tree(), OpenFlag.PATH, OpenFlag.DIRECTORY)) {
      for (GuestIdentity.Part part : GuestIdentity.Part.values()) {
        if (change.parts().contains(part)) {
          switch (part) {
            case HOSTNAME -> in(root, "etc", etc -> rename(etc, change));
            case MACHINE_ID -> {
              in(root, "etc", etc -> empty(etc.resolve("machine-id")));
              in(root, "var/lib/dbus", dbus -> delete(dbus.resolve("machine-id")));
            }
            case SSH_KEYS -> in(root, "etc/ssh", IdentityInterpreter::removeKeys);
          }
        }
      }
    }
  }

  /** Works in a directory of the guest, if it has it. */
  private interface Work {
    void in(Path directory) throws IOException;
  }

  private void in(Fd root, String path, Work work) throws IOException {
    try (Fd directory =
        syscalls.openInRoot(root, path, Set.of(OpenFlag.PATH, OpenFlag.DIRECTORY))) {
      work.in(directory.path());
    } catch (KernelException failure) {
      if (!NO_DIRECTORY.contains(failure.errno())) {
        throw new IOException(path + " of the guest: " + failure.reason(), failure);
      }
    }
  }

  private static void rename(Path etc, GuestIdentity change) throws IOException {
    Optional<String> before = read(etc.resolve("hostname")).map(String::strip);
    if (before.isPresent()) {
      write(etc.resolve("hostname"), change.to() + "\n");
    }
    Optional<String> hosts = read(etc.resolve("hosts"));
    if (hosts.isPresent()) {
      String changed = replace(hosts.get(), change.from(), change.to());
      if (before.isPresent() && !before.get().isEmpty()) {
        changed = replace(changed, before.get(), change.to());
      }
      if (!changed.equals(hosts.get())) {
        write(etc.resolve("hosts"), changed);
      }
    }
  }

  /** Whole names only; a name may be followed by the name of a network's domain. */
  private static String replace(String hosts, String from, String to) {
    if (from.equalsIgnoreCase(LOCALHOST)) {
      return hosts;
    }
    return Pattern.compile("(?<![\\w.-])" + Pattern.quote(from) + "(?![\\w-])")
        .matcher(hosts)
        .replaceAll(Matcher.quoteReplacement(to));
  }

  private static void empty(Path file) throws IOException {
    if (isRegular(file) && Files.size(file) > 0) {
      write(file, "");
    }
  }

  private static void delete(Path file) throws IOException {
    if (isRegular(file)) {
      Files.delete(file);
    }
  }

  private static void removeKeys(Path directory) throws IOException {
    List<Path> keys;
    try (Stream<Path> files = Files.list(directory)) {
      keys =
          files
              .filter(file -> file.getFileName().toString().matches("ssh_host_.*_key(\\.pub)?"))
              .toList();
    }
    for (Path key : keys) {
      delete(key);
    }
  }

  /** Bytes as they are: names are ASCII, the rest of such a file need not be UTF-8. */
  private static Optional<String> read(Path file) throws IOException {
    return isRegular(file)
        ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private static void write(Path file, String content) throws IOException {
    Files.write(
        file,
        content.getBytes(StandardCharsets.ISO_8859_1),
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
