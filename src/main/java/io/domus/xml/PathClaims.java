// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.BackingStore;
import io.domus.domain.Disk;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of the host that a domain writes to, and those that must not change beneath it. As at
 * the start, what leases are taken for: a directory that is merely mounted is nobody's own.
 */
final class PathClaims {
  private final IdentityScan scan;
  private final List<Claim> claims = new ArrayList<>();

  private PathClaims(IdentityScan scan) {
    this.scan = scan;
  }

  static List<Claim> of(DomainDef domain, IdentityScan scan) {
    PathClaims paths = new PathClaims(scan);
    domain.filesystems().forEach(paths::filesystem);
    domain.disks().forEach(paths::disk);
    return paths.claims;
  }

  private void filesystem(Filesystem filesystem) {
    boolean readonly = filesystem.place().readonly();
    switch (filesystem) {
      case Filesystem.Block block -> device(block.device(), readonly, block.origin());
      case Filesystem.Image image -> image(image.file(), readonly, image.origin());
      case Filesystem.Overlay overlay -> {
        overlay.chain().upper().ifPresent(this::upper);
        overlay.chain().lowers().forEach(this::layer);
      }
      case Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _ -> {}
    }
  }

  private void disk(Disk disk) {
    Path source = Path.of(disk.source());
    switch (disk.kind()) {
      case BLOCK -> device(source, disk.readonly(), disk.origin());
      case FILE -> image(source, disk.readonly(), disk.origin());
    }
  }

  private void upper(OverlayChain.Upper upper) {
    add(Claim.Role.UPPER, upper.directory(), upper.origin());
    add(Claim.Role.WORK, upper.work(), upper.origin());
  }

  private void layer(BackingStore store) {
    switch (store) {
      case BackingStore.Directory directory ->
          add(Claim.Role.LAYER, directory.path(), directory.origin());
      case BackingStore.Image image -> {
        image(image.file(), true, image.origin());
        image.backing().ifPresent(this::layer);
      }
      case BackingStore.Block block -> device(block.device(), true, block.origin());
      case BackingStore.Overlay inner -> {
        // Only read as well, the upper directory too.
        inner
            .chain()
            .upper()
            .ifPresent(upper -> add(Claim.Role.LAYER, upper.directory(), upper.origin()));
        inner.chain().lowers().forEach(this::layer);
      }
    }
  }

  private void device(Path device, boolean readonly, Origin origin) {
    add(readonly ? Claim.Role.READ_DEVICE : Claim.Role.WRITABLE_DEVICE, device, origin);
  }

  private void image(Path file, boolean readonly, Origin origin) {
    add(readonly ? Claim.Role.READ_IMAGE : Claim.Role.WRITABLE_IMAGE, file, origin);
  }

  private void add(Claim.Role role, Path path, Origin origin) {
    Position at = scan.mention(path, new Position(origin.line(), origin.column()));
    claims.add(new Claim(role, path.normalize().toString(), at, scan.text().excerpt(at)));
  }
}
