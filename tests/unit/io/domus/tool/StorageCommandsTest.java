// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is typed to the tools that make, grow and share storage. */
class StorageCommandsTest {
  private static final Path IMAGE = Path.of("/var/lib/my disk.img");
  private static final Path DEVICE = Path.of("/dev/vg0/web");
  private static final Path BASE = Path.of("/srv/base");
  private static final Path CLONE = Path.of("/srv/clone");
  private static final long GIB = 1L << 30;

  private record Line(Command command, String expected) {}

  private static final List<Line> LINES =
      List.of(
          new Line(
              Cp.tree(Path.of("/srv/my base"), CLONE, false),
              "cp --archive --one-file-system --reflink=auto --preserve=xattr -T '/srv/my base/.'"
                  + " /srv/clone"),
          new Line(
              Cp.tree(BASE, CLONE, true),
              "cp --archive --one-file-system --reflink=auto --preserve=xattr --verbose"
                  + " -T /srv/base/. /srv/clone"),
          new Line(
              Mkfs.ext4(DEVICE, 65536),
              "mkfs.ext4 -q -F -b 4096 -N 65536 -E nodiscard,lazy_itable_init=1,lazy_journal_init=1"
                  + " /dev/vg0/web"),
          new Line(Mkfs.xfs(IMAGE), "mkfs.xfs -q -f -K '/var/lib/my disk.img'"),
          new Line(Grow.ext4(DEVICE), "resize2fs /dev/vg0/web"),
          new Line(Grow.checkExt4(DEVICE), "e2fsck -f -p /dev/vg0/web"),
          new Line(Grow.xfs(BASE), "xfs_growfs -d /srv/base"),
          new Line(
              QemuStorage.create(IMAGE, 3 * GIB),
              "qemu-img create -q -f qcow2 '/var/lib/my disk.img' 3221225472"),
          new Line(
              QemuStorage.createBacked(IMAGE, BASE, "raw", Optional.empty()),
              "qemu-img create -q -f qcow2 -b /srv/base -F raw '/var/lib/my disk.img'"),
          new Line(
              QemuStorage.createBacked(IMAGE, BASE, "qcow2", Optional.of(GIB)),
              "qemu-img create -q -f qcow2 -b /srv/base -F qcow2 '/var/lib/my disk.img'"
                  + " 1073741824"),
          new Line(
              QemuStorage.resize(IMAGE, 2 * GIB),
              "qemu-img resize -q -f qcow2 '/var/lib/my disk.img' 2147483648"),
          new Line(Btrfs.create(BASE), "btrfs subvolume create /srv/base"),
          new Line(Btrfs.snapshot(BASE, CLONE), "btrfs subvolume snapshot /srv/base /srv/clone"),
          new Line(Btrfs.delete(CLONE), "btrfs subvolume delete --commit-after /srv/clone"),
          new Line(Btrfs.limit(CLONE, GIB), "btrfs qgroup limit 1073741824 /srv/clone"),
          new Line(
              Lvm.create("vg0", "web", 10 * GIB),
              "lvcreate --yes --wipesignatures y --name web --size 10737418240b vg0"),
          new Line(
              Lvm.createThin("vg0", "pool", "web", GIB),
              "lvcreate --yes --type thin --name web --virtualsize 1073741824b --thinpool pool"
                  + " vg0"),
          new Line(
              Lvm.snapshot("vg0", "web", "web2", GIB),
              "lvcreate --yes --snapshot --name web2 --size 1073741824b vg0/web"),
          new Line(
              Lvm.snapshotThin("vg0", "web", "web2"),
              "lvcreate --yes --snapshot --setactivationskip n --name web2 vg0/web"),
          new Line(Lvm.extend("vg0", "web", 2 * GIB), "lvextend --size 2147483648b vg0/web"),
          new Line(Lvm.remove("vg0", "web"), "lvremove --yes vg0/web"),
          new Line(Truncate.to(IMAGE, GIB), "truncate --size=1073741824 '/var/lib/my disk.img'"));

  @TestFactory
  Stream<DynamicTest> lines() {
    return LINES.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.expected(),
                    () -> assertEquals(line.expected(), line.command().toString())));
  }
}
