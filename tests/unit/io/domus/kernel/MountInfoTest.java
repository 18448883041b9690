// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoTest {
  private static final String TEXT =
      """
      21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw,errors=remount-ro
      30 21 0:26 /a\\040b /mnt/with\\040space rw,nosuid shared:2 master:1 - tmpfs none rw,size=4k
      31 30 0:27 / /mnt/with\\040space/in\\134side ro - overlay overlay ro,lowerdir+=/a,lowerdir+=/b
      32 21 0:28 / /mnt/with\\040space rw - tmpfs second rw
      33 21 0:29 / /empty rw -  none  rw
      """;

  @Test
  void readsEveryField() {
    MountInfo.Entry entry = MountInfo.parse(TEXT).entries().get(1);
    assertEquals(
        new MountInfo.Entry(
            30,
            21,
            new DeviceNumber(0, 26),
            "/a b",
            Path.of("/mnt/with space"),
            List.of("rw", "nosuid"),
            List.of("shared:2", "master:1"),
            "tmpfs",
            "none",
            List.of("rw", "size=4k")),
        entry);
    assertTrue(entry.isShared());
    assertFalse(MountInfo.parse(TEXT).entries().get(2).isShared());
  }

  @Test
  void theLaterMountIsOnTop() {
    MountInfo table = MountInfo.parse(TEXT);
    assertEquals("second", table.at(Path.of("/mnt/with space")).orElseThrow().source());
    assertTrue(table.at(Path.of("/mnt")).isEmpty());
  }

  @Test
  void whatIsBelowComesInTheOrderOfUnmounting() {
    assertEquals(
        List.of(32, 31, 30),
        MountInfo.parse(TEXT).below(Path.of("/mnt")).stream().map(MountInfo.Entry::id).toList());
  }

  @Test
  void anotherTextIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> MountInfo.parse("21 1 254:0 / /"));
  }
}
