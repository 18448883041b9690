// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.file.Files;
import java.nio.file.Path;

/** A filesystem of a test's own in an image, for as long as the test runs. */
record DiskImage(Path mounted) implements AutoCloseable {
  static DiskImage btrfs(Site site) throws Exception {
    return make(site, "mkfs.btrfs -q", 4096);
  }

  static DiskImage small(Site site, int mebibytes) throws Exception {
    return make(site, "mkfs.ext4 -q -m 0", mebibytes);
  }

  private static DiskImage make(Site site, String format, int mebibytes) throws Exception {
    Path image = site.path("ground.img");
    Path mounted = Files.createDirectories(site.path("ground"));
    Host.script(
        "truncate -s \"$1M\" \"$2\"; " + format + " \"$2\"; mount -o loop \"$2\" \"$3\"",
        Integer.toString(mebibytes),
        image.toString(),
        mounted.toString());
    return new DiskImage(mounted);
  }

  @Override
  public void close() throws Exception {
    Host.run("umount", mounted.toString());
  }
}
