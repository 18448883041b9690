// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.IdMap;
import io.domus.domain.ResourceBusyException;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdRangesTest {
  private static final Syscalls SYSCALLS = new LinuxSyscalls();
  private static final IdPool TWO = new IdPool(1_000_000, 2 * IdMap.AUTOMATIC_COUNT + 5);
  private static final IdMap.Range FIRST = range(1_000_000);
  private static final IdMap.Range SECOND = range(1_065_536);

  @TempDir Path directory;

  private static IdMap.Range range(long base) {
    return new IdMap.Range(0, base, IdMap.AUTOMATIC_COUNT);
  }

  private StateLayout root(String name) {
    return new StateLayout(directory.resolve(name));
  }

  private IdRanges ranges(String root) {
    HostNames names = new HostNames(SYSCALLS, root(root), _ -> false);
    return new IdRanges(SYSCALLS, root(root), names, directory.resolve("ids"));
  }

  private IdMap.Range take(String root, String domain) throws IOException {
    return ranges(root).take(domain, TWO, List::of);
  }

  private IdMap.Range define(String root, String domain) throws IOException {
    new DefinitionStore(root(root)).write(domain, new byte[0]);
    return take(root, domain);
  }

  private void undefine(String root, String domain) throws IOException {
    new DefinitionStore(root(root)).delete(domain);
  }

  @Test
  void aDomainKeepsItsRange() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    assertEquals(SECOND, define("a", "db"));
    assertEquals(FIRST, take("a", "web"));
    assertEquals(
        FIRST,
        ranges("a").take("web", IdPool.DEFAULT, () -> List.of(FIRST)),
        "whatever is set later");
  }

  @Test
  void rootsShareNone() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    assertEquals(SECOND, define("b", "web"));
    ResourceBusyException full =
        assertThrows(ResourceBusyException.class, () -> define("c", "web"));
    assertEquals(
        "all ids of 1000000-1131076 are given away, or somebody else's: domain 'web' needs 65536"
            + " of them; idmap_base and idmap_count in domus.conf say where they are",
        full.getMessage());
  }

  @Test
  void whatIsGivenBackIsFree() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    ranges("b").release("web");
    assertEquals(SECOND, define("b", "web"), "another root's stays");
    ranges("a").release("web");
    assertEquals(Optional.empty(), ranges("a").own("web"));
    assertEquals(FIRST, define("c", "web"));
  }

  @Test
  void whoIsGoneBindsNobody() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    undefine("a", "web");
    assertEquals(FIRST, define("b", "web"));
    assertEquals(Optional.of(FIRST), ranges("b").own("web"));
    assertEquals(Optional.empty(), ranges("a").own("web"));
  }

  @Test
  void aRangeGoesWithTheName() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    ranges("a").rename("web", "www");
    undefine("a", "web");
    assertEquals(FIRST, define("a", "www"));
    ranges("a").rename("nobody", "someone");
    assertEquals(Optional.empty(), ranges("a").own("someone"));
  }

  @Test
  void othersAreLeftOut() throws IOException {
    new DefinitionStore(root("a")).write("web", new byte[0]);
    IdMap.Range last = new IdMap.Range(0, 1_065_535, 1);
    assertEquals(SECOND, ranges("a").take("web", TWO, () -> List.of(last)));
    IdMap.Range both = new IdMap.Range(0, 1_065_535, 2);
    assertThrows(
        ResourceBusyException.class, () -> ranges("a").take("db", TWO, () -> List.of(both)));
  }

  /** Where the settings were others, ranges begin elsewhere. */
  @Test
  void rangesOverlapNowhere() throws IOException {
    assertEquals(FIRST, define("a", "web"));
    IdPool shifted = new IdPool(1_000_001, 3 * IdMap.AUTOMATIC_COUNT);
    new DefinitionStore(root("a")).write("db", new byte[0]);
    assertEquals(range(1_065_537), ranges("a").take("db", shifted, List::of));
    undefine("a", "web");
    undefine("a", "db");
    assertEquals(range(1_000_000), define("b", "web"), "over two that nobody has any more");
    assertTrue(Files.exists(directory.resolve("ids/1000000")));
  }

  @Test
  void lookingTakesNothing() throws IOException {
    assertEquals(FIRST, ranges("a").look("web", TWO, List::of));
    assertTrue(Files.notExists(directory.resolve("ids")));
    assertEquals(FIRST, define("a", "web"));
    assertEquals(FIRST, ranges("a").look("web", TWO, List::of));
    assertEquals(SECOND, ranges("a").look("db", TWO, List::of));
  }
}
