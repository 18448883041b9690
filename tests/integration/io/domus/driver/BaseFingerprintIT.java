// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.domus.archive.BaseFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies are the same base, and whatever a guest could see of a difference makes them others. */
class BaseFingerprintIT {
  @RegisterExtension final Site site = new Site();

  private static String fingerprint(Path base) throws IOException {
    return BaseFingerprint.of(Site.SYSCALLS, base).text();
  }

  /** rsync that is told nothing else takes two times within one second for the same. */
  @ParameterizedTest
  @ValueSource(strings = {"cp -a \"$1\" \"$2\"", "rsync -aHAX --modify-window=-1 \"$1/\" \"$2\""})
  void isThatOfACopy(String copy) throws Exception {
    Path base = EveryInode.make(site.path("base"));
    Host.script(copy, base.toString(), site.path("copy").toString());
    assertEquals(fingerprint(base), fingerprint(site.path("copy")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "touch file",
        "touch -h link",
        "chmod 0601 file",
        "chown 1 file",
        "chgrp 1 directory",
        "chmod 0700 .",
        "echo longer >>file",
        "ln -sfn elsewhere link",
        "mv file other",
        "rm first; cp -a second first",
        "setfattr -n user.a -v b file",
        "setfattr -n trusted.overlay.opaque -v y directory",
        "setfacl -m u:1:r file",
        "rm device; mknod device c 1 5",
        "mkdir more"
      })
  void tellsADifference(String change) throws Exception {
    Path base = site.empty("base");
    Host.script(
        """
        cd "$1"; echo a >file; ln -s file link; mkdir directory; mknod device c 1 3
        echo b >first; ln first second
        """,
        base.toString());
    String before = fingerprint(base);
    assertEquals(before, fingerprint(base));
    Host.script("cd \"$1\"\n" + change, base.toString());
    assertNotEquals(before, fingerprint(base));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir mount; rmdir mount",
        "setfattr -n trusted.overlay.origin -v 0x00fb21 file",
        "cat file",
      })
  void isStillThatOfAUsedBase(String use) throws Exception {
    Path base = site.empty("base");
    Host.script("cd \"$1\"; echo a >file", base.toString());
    String before = fingerprint(base);
    Host.script("cd \"$1\"\n" + use, base.toString());
    assertEquals(before, fingerprint(base));
  }

  @Test
  void isThatOfAnImagesContent() throws Exception {
    Path image = site.path("disk.img");
    Host.script("printf abc >\"$1\"", image.toString());
    assertEquals(
        "file:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        fingerprint(image));
  }
}
