// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.CloneOrder;
import io.domus.domain.CriuOptions;
import io.domus.domain.GuestIdentity;
import io.domus.domain.StorageKind;
import io.domus.driver.CloneOperation;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line says of a clone. */
final class CloneArguments {
  private static final String MEMORY = "--with-memory";

  private CloneArguments() {}

  static Syntax add(Syntax syntax) {
    return syntax
        .flag("A copy that depends on nothing.", "--full")
        .flag("Share layers with the source, whatever its storage.", "--linked")
        .flag(
            "Clone a domain that runs: it stands still while its data is copied. One that is off is"
                + " cloned as any other.",
            "--live")
        .flag("With --live: the clone goes on from the guest's processes, too.", MEMORY)
        .choice(
            StorageKind.class,
            "KIND",
            "Keep the root in dir, overlay, loop, qcow2, btrfs or lvm.",
            "--to")
        .size("Size of the new image or volume, such as 10G.", "--size")
        .choice(
            CloneOrder.ImageFilesystem.class,
            "TYPE",
            "Format a new image with ext4, which is the default, or xfs.",
            "--filesystem")
        .value("DIR", "Put what the clone writes below DIR.", "--storage")
        .flag("Keep the addresses of interfaces.", "--keep-mac")
        .flag("Keep /etc/hostname and /etc/hosts.", "--keep-hostname")
        .flag("Keep /etc/machine-id.", "--keep-machine-id")
        .flag("Keep the host keys of ssh.", "--keep-ssh-keys");
  }

  static CloneOperation.Request request(Arguments arguments) {
    if (arguments.flag("--full") && arguments.flag("--linked")) {
      throw arguments.fault("--full and --linked exclude each other");
    }
    if (arguments.flag("--live")) {
      checkLive(arguments);
    }
    if (arguments.flag(MEMORY) && !arguments.flag("--live")) {
      throw arguments.fault(MEMORY + " needs --live: only a guest that runs has processes");
    }
    CloneOperation.Request request = plain(arguments);
    return arguments.flag(MEMORY) ? request.withMemory(CriuOptions.NONE) : request;
  }

  private static CloneOperation.Request plain(Arguments arguments) {
    return new CloneOperation.Request(
        mode(arguments),
        Optional.ofNullable(arguments.value("--to", null)),
        Optional.ofNullable(arguments.value("--size", null)),
        arguments.value("--filesystem", CloneOrder.ImageFilesystem.EXT4),
        arguments.text("--storage").map(text -> Path.of(text).toAbsolutePath().normalize()),
        changed(arguments),
        arguments.flag("--keep-mac"),
        arguments.flag("--live"));
  }

  private static void checkLive(Arguments arguments) {
    for (String mode : List.of("--full", "--linked")) {
      if (arguments.flag(mode)) {
        throw arguments.fault(
            "--live and "
                + mode
                + " exclude each other: a live clone copies what the guest writes and shares the"
                + " rest");
      }
    }
    if (arguments.value("--to", null) != null) {
      throw arguments.fault(
          "--live and --to exclude each other: a live clone keeps the kind of the source's"
              + " storage");
    }
  }

  private static CloneOrder.Mode mode(Arguments arguments) {
    if (arguments.flag("--full")) {
      return CloneOrder.Mode.FULL;
    }
    return arguments.flag("--linked") ? CloneOrder.Mode.LINKED : CloneOrder.Mode.DEFAULT;
  }

  private static Set<GuestIdentity.Part> changed(Arguments arguments) {
    // Processes that go on have the rest in their memory.
    Set<GuestIdentity.Part> changed =
        arguments.flag(MEMORY)
            ? EnumSet.of(GuestIdentity.Part.HOSTNAME)
            : EnumSet.allOf(GuestIdentity.Part.class);
    if (arguments.flag("--keep-hostname")) {
      changed.remove(GuestIdentity.Part.HOSTNAME);
    }
    if (arguments.flag("--keep-machine-id")) {
      changed.remove(GuestIdentity.Part.MACHINE_ID);
    }
    if (arguments.flag("--keep-ssh-keys")) {
      changed.remove(GuestIdentity.Part.SSH_KEYS);
    }
    return changed;
  }
}
