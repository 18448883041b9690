// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.Manifest;
import io.domus.compiler.SnapshotScope;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses what an unpacked archive should not bring about on this host; that it is whole was seen
 * while it was unpacked.
 *
 * @param from what messages call it
 */
record ArchiveGate(Driver driver, String from) {
  /**
   * What the archive is of.
   *
   * @param name that its domain gets
   */
  record Checked(DomainDef archived, String name) {}

  /**
   * @param place where it is unpacked
   */
  Checked check(Path place, Manifest manifest, ImportOperation.Request request) throws IOException {
    DomainDef archived = definition(place).withIdentity(manifest.uuid());
    String name = request.name().orElse(archived.name());
    if (!DomainDef.isName(name)) {
      throw new InvalidDefinitionException(
          ImportOperation.cannot(from) + ": " + DomainDef.NAME_RULE);
    }
    SnapshotScope.check(archived);
    if (!request.host()) {
      checkHost(archived, name);
    }
    checkParts(archived, manifest);
    if (!request.force()) {
      String missing = Bases.missing(driver, manifest);
      if (!missing.isEmpty()) {
        throw new OperationFailedException(
            ImportOperation.cannot(from) + ": " + missing + "; --force takes them as they are");
      }
    }
    if (manifest.memory() && request.start()) {
      checkLinks(archived);
    }
    if (!driver.definitions().exists(name)) {
      StartCycleGate.check(driver, "domain '" + name + "' of " + from, archived.withName(name));
    }
    return new Checked(archived, name);
  }

  /** Networks do not travel: those of the same names are what the guest is connected to. */
  private void checkLinks(DomainDef archived) {
    String missing = new GuestLinks(driver).missing(archived);
    if (!missing.isEmpty()) {
      throw new OperationFailedException(ImportOperation.cannot(from) + ": " + missing);
    }
  }

  private DomainDef definition(Path place) throws IOException {
    Path file = place.resolve("domain.xml");
    if (Files.notExists(file)) {
      throw new IOException("there is no domain.xml in it");
    }
    return new DefinitionReader(driver)
        .parse(from + ":domain.xml", Files.readAllBytes(file))
        .domain();
  }

  /** What the manifest says is written to is what the definition does. */
  private static void checkParts(DomainDef archived, Manifest manifest) throws IOException {
    List<String> written =
        archived.writtenOverlays().stream().map(overlay -> overlay.target().value()).toList();
    List<String> said = manifest.filesystems().stream().map(Manifest.Part::target).toList();
    if (!written.equals(said)) {
      throw new IOException(
          "its manifest and its domain.xml name other filesystems: " + said + ", " + written);
    }
    for (Manifest.Part part : manifest.filesystems()) {
      if (part.delta().isEmpty()) {
        throw new IOException("what was written to " + part.target() + " is not in it");
      }
    }
    if (isBare(manifest)) {
      return;
    }
    List<String> bases =
        manifest.filesystems().stream()
            .flatMap(part -> part.bases().stream())
            .map(Manifest.Base::path)
            .toList();
    for (Path path : Bases.named(archived)) {
      if (!bases.contains(path.toString())) {
        throw new IOException("its manifest says nothing of base '" + path + "'");
      }
    }
  }

  /** Whoever made the archive may have wanted more of this host than its owner would give. */
  private void checkHost(DomainDef archived, String name) {
    Set<String> wanted = new TreeSet<>(hostAccess(archived));
    if (driver.definitions().exists(name)) {
      wanted.removeAll(hostAccess(new DefinitionReader(driver).stored(name).domain()));
    }
    if (!wanted.isEmpty()) {
      throw new OperationFailedException(
          ImportOperation.cannot(from)
              + ": its domain is given "
              + String.join(", ", wanted)
              + " of this host; --allow-host gives it that");
    }
  }

  private static Set<String> hostAccess(DomainDef domain) {
    Set<String> access = new TreeSet<>();
    for (Filesystem filesystem : domain.filesystems()) {
      switch (filesystem) {
        case Filesystem.Mount mount -> access.add("directory '" + mount.source() + "'");
        case Filesystem.Image image -> access.add("image '" + image.file() + "'");
        case Filesystem.Block block -> access.add("device '" + block.device() + "'");
        case Filesystem.Bind _, Filesystem.Ram _, Filesystem.Overlay _ -> {}
      }
    }
    domain.hostDevices().forEach(device -> access.add("the device of " + device.origin()));
    domain.disks().forEach(disk -> access.add("the disk of " + disk.origin()));
    return access;
  }

  /** Whether what lies beneath is in the archive, too. */
  static boolean isBare(Manifest manifest) {
    return !manifest.filesystems().isEmpty()
        && manifest.filesystems().stream().allMatch(part -> part.bases().isEmpty());
  }
}
