// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A domain as its XML file defines it, with libvirt's defaults filled in.
 *
 * @param uuid empty if the file has none; it is then generated at define and kept beside the file
 * @param metadata the inner XML of {@code <metadata>}, as it stands
 * @param memory bytes, the guest's limit
 * @param currentMemory bytes
 * @param emulator kept for round trips, without effect
 * @param interfaces in document order
 */
public record DomainDef(
    String name,
    Optional<UUID> uuid,
    Optional<String> title,
    Optional<String> description,
    Optional<String> metadata,
    long memory,
    long currentMemory,
    int vcpu,
    Tuning tuning,
    OsDef os,
    Lifecycle lifecycle,
    Features features,
    IdMap idmap,
    SharedNamespaces shared,
    List<SecurityLabel> labels,
    Optional<String> emulator,
    List<Filesystem> filesystems,
    List<NetInterface> interfaces,
    List<ConsoleDef> consoles,
    List<Disk> disks,
    List<HostDevice> hostDevices,
    Autostart autostart,
    ShutdownPolicy shutdown,
    CheckpointDefaults checkpoint,
    Origin origin)
    implements Document {
  /** What a name has to be like, for messages. */
  public static final String NAME_RULE =
      "that is no name, which is 1 to 200 letters, digits and the characters _ . + - @, not"
          + " beginning with . - + or @";

  public DomainDef {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(tuning, "tuning");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(lifecycle, "lifecycle");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(idmap, "idmap");
    Objects.requireNonNull(shared, "shared");
    labels = List.copyOf(labels);
    Objects.requireNonNull(emulator, "emulator");
    filesystems = List.copyOf(filesystems);
    interfaces = List.copyOf(interfaces);
    consoles = List.copyOf(consoles);
    disks = List.copyOf(disks);
    hostDevices = List.copyOf(hostDevices);
    Objects.requireNonNull(autostart, "autostart");
    Objects.requireNonNull(shutdown, "shutdown");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(origin, "origin");
    if (!isName(name)) {
      throw new IllegalArgumentException("no domain name: '" + name + "'");
    }
    if (memory <= 0 || currentMemory <= 0 || vcpu <= 0) {
      throw new IllegalArgumentException("memory and vcpu must be positive");
    }
  }

  /**
   * A name is also a file name, a cgroup name and a container id for crun: letters, digits and
   * {@code _ . + - @}, not beginning with {@code .}, {@code -} or {@code +}, at most 200
   * characters.
   */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > 200 || ".-+@".indexOf(name.charAt(0)) >= 0) {
      return false;
    }
    return name.chars()
        .allMatch(
            character ->
                character < 128
                    && (Character.isLetterOrDigit(character) || "_.+-@".indexOf(character) >= 0));
  }

  /** The filesystem that is the guest's root. */
  public Filesystem root() {
    return filesystems.stream()
        .filter(filesystem -> filesystem.target().isRoot())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("domain '" + name + "' has no root filesystem"));
  }

  /** Its filesystems that have an upper directory. */
  public List<Filesystem.Overlay> writtenOverlays() {
    List<Filesystem.Overlay> written = new ArrayList<>();
    for (Filesystem filesystem : filesystems) {
      if (filesystem instanceof Filesystem.Overlay overlay && overlay.chain().upper().isPresent()) {
        written.add(overlay);
      }
    }
    return written;
  }

  public DomainDef withIdentity(UUID identity) {
    return with(name, Optional.of(identity), filesystems, interfaces, autostart);
  }

  public DomainDef withInterfaces(List<NetInterface> others) {
    return with(name, uuid, filesystems, others, autostart);
  }

  public DomainDef withName(String other) {
    return with(other, uuid, filesystems, interfaces, autostart);
  }

  public DomainDef withAutostart(Autostart other) {
    return with(name, uuid, filesystems, interfaces, other);
  }

  public DomainDef withFilesystems(List<Filesystem> others) {
    return with(name, uuid, others, interfaces, autostart);
  }

  public DomainDef withLifecycle(Lifecycle other) {
    return with(name, uuid, filesystems, interfaces, autostart, other);
  }

  private DomainDef with(
      String otherName,
      Optional<UUID> otherUuid,
      List<Filesystem> otherFilesystems,
      List<NetInterface> otherInterfaces,
      Autostart otherAutostart) {
    return with(otherName, otherUuid, otherFilesystems, otherInterfaces, otherAutostart, lifecycle);
  }

  private DomainDef with(
      String otherName,
      Optional<UUID> otherUuid,
      List<Filesystem> otherFilesystems,
      List<NetInterface> otherInterfaces,
      Autostart otherAutostart,
      Lifecycle otherLifecycle) {
    return new DomainDef(
        otherName,
        otherUuid,
        title,
        description,
        metadata,
        memory,
        currentMemory,
        vcpu,
        tuning,
        os,
        otherLifecycle,
        features,
        idmap,
        shared,
        labels,
        emulator,
        otherFilesystems,
        otherInterfaces,
        consoles,
        disks,
        hostDevices,
        otherAutostart,
        shutdown,
        checkpoint,
        origin);
  }
}
