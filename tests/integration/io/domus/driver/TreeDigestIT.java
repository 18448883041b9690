// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The measure that copies are held to sees every kind of change, and nothing where none is. */
class TreeDigestIT {
  @RegisterExtension final Site site = new Site();

  private static final Map<String, String> CHANGES =
      Map.ofEntries(
          Map.entry("kinds/suid", "chmod 0755 kinds/suid"),
          Map.entry("kinds/owned-link", "chown -h 0:1 kinds/owned-link"),
          Map.entry("kinds/link", "touch -h -d 2000-01-01 kinds/link"),
          Map.entry("kinds", "touch -d 1999-12-31T23:59:59.500000001Z kinds"),
          Map.entry("kinds/file", "printf j | dd status=none of=kinds/file conv=notrunc,nocreat"),
          Map.entry("attributes/link", "setfattr -h -x trusted.link attributes/link"),
          Map.entry("attributes/fifo", "setfattr -n trusted.fifo -v g attributes/fifo"),
          Map.entry("attributes/access", "setfacl -m u:1000:r attributes/access"),
          Map.entry("attributes/inherited", "setfacl -k attributes/inherited"),
          Map.entry("attributes/capable", "setcap -r attributes/capable"),
          Map.entry(".", "setfattr -x trusted.root ."),
          Map.entry("odd/not-\\xff\\xfe-text", "setfattr -n user.name -v even odd/not-*-text"));

  @Test
  void everyChangeShows() throws Exception {
    Path tree = EveryInode.make(site.path("tree"));
    String before = TreeDigest.of(tree);
    assertEquals("", TreeDigest.difference(before, TreeDigest.of(tree)));
    assertTrue(before.contains(" names=names/one/first|names/two/second|names/two/three/third\n"));
    Host.script("cd \"$1\"; " + String.join("; ", CHANGES.values()), tree.toString());
    List<String> names =
        TreeDigest.difference(before, TreeDigest.of(tree))
            .lines()
            .map(line -> line.split(" ", 3)[1])
            .toList();
    List<String> twice =
        CHANGES.keySet().stream().sorted().flatMap(name -> Stream.of(name, name)).toList();
    assertEquals(twice, names, "a line before and a line after for each");
    assertTrue(TreeDigest.sparse(tree.resolve(EveryInode.SPARSE)) < 1 << 20);
  }
}
