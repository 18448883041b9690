// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rename that dies or fails at any of its changes, and what is made of it afterwards. */
class DomainRenameTest {
  private static final byte[] BEFORE = "<domain>web</domain>".getBytes(UTF_8);
  private static final byte[] AFTER = "<domain>www</domain>".getBytes(UTF_8);

  @TempDir private Path directory;
  private int roots;
  private StateLayout layout;

  @BeforeEach
  void makeRoot() throws IOException {
    layout = new StateLayout(directory.resolve("root" + roots++));
    Files.createDirectories(layout.renames());
    put("etc/domus/domains/web.xml", "<domain>web</domain>");
    Files.setPosixFilePermissions(
        layout.definition("web"), PosixFilePermissions.fromString("rw-rw----"));
    put("etc/domus/domains/db.xml", "<domain>db</domain>");
    put("var/lib/domus/domains/web/identity", "uuid");
    put("var/lib/domus/domains/web/layers/a/file", "kept");
    put("run/domus/domains/web/status.json", "{}");
    put("var/log/domus/web.log", "web 0");
    put("var/log/domus/web.log.1", "web 1");
    put("var/log/domus/web.log.3", "web 3");
    put("var/log/domus/web2.log", "web2 0");
    put("var/log/domus/www.log", "www 0");
    put("var/log/domus/www.log.1", "www 1");
    put("var/log/domus/www.log.2", "www 2");
  }

  private void put(String file, String content) throws IOException {
    Path path = layout.root().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  /** Every path below the root, with what it is. */
  private SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(layout.root())) {
      for (Path path : paths.toList()) {
        String name = layout.root().relativize(path).toString();
        String kind = Files.isDirectory(path) ? "directory" : Files.readString(path);
        tree.put(name, kind + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return tree;
  }

  private void rename(FileChanges files) throws IOException {
    new DomainRename(layout, files, "web", "www").run(BEFORE, AFTER);
  }

  private void recover() throws IOException {
    for (String from : DomainRename.begun(layout)) {
      DomainRename.recover(layout, FileChanges.DURABLE, from);
    }
  }

  @Test
  void everythingGoesAlong() throws IOException {
    SortedMap<String, String> expected = tree();
    expected.put("etc/domus/domains/www.xml", "<domain>www</domain>rw-rw----");
    for (String gone :
        List.of(
            "etc/domus/domains/web.xml",
            "var/log/domus/web.log",
            "var/log/domus/web.log.1",
            "var/log/domus/web.log.3")) {
      expected.remove(gone);
    }
    for (String moved :
        List.of(
            "var/lib/domus/domains/web",
            "var/lib/domus/domains/web/identity",
            "var/lib/domus/domains/web/layers",
            "var/lib/domus/domains/web/layers/a",
            "var/lib/domus/domains/web/layers/a/file",
            "run/domus/domains/web",
            "run/domus/domains/web/status.json")) {
      expected.put(moved.replace("/web", "/www"), expected.remove(moved));
    }
    String mode = "rw-r--r--";
    expected.putAll(
        Map.of(
            "var/log/domus/www.log", "web 0" + mode,
            "var/log/domus/www.log.1", "web 1" + mode,
            "var/log/domus/www.log.3", "web 3" + mode,
            "var/log/domus/www.log.4", "www 0" + mode,
            "var/log/domus/www.log.5", "www 1" + mode,
            "var/log/domus/www.log.6", "www 2" + mode));
    expected.remove("var/log/domus/www.log.2");
    rename(FileChanges.DURABLE);
    assertEquals(expected.toString().replace(", ", "\n"), tree().toString().replace(", ", "\n"));
  }

  @Test
  void aDomainWithoutAnythingButItsDefinition() throws IOException {
    layout = new StateLayout(directory.resolve("bare"));
    put("etc/domus/domains/web.xml", "<domain>web</domain>");
    rename(FileChanges.DURABLE);
    assertEquals(Set.of("www.xml"), names("etc/domus/domains"));
    assertEquals(Set.of(), names("var/lib/domus/renames"));
    assertFalse(Files.exists(layout.variable("www")));
  }

  private Set<String> names(String relative) throws IOException {
    try (Stream<Path> files = Files.list(layout.root().resolve(relative))) {
      return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void killedAnywhere() throws IOException {
    SortedMap<String, String> old = tree();
    rename(FileChanges.DURABLE);
    SortedMap<String, String> renamed = tree();
    int taken = 0;
    int step = 1;
    boolean killed = true;
    while (killed) {
      makeRoot();
      FatalFileChanges files = new FatalFileChanges(step, FatalFileChanges.How.KILL);
      killed = dies(files);
      recover();
      SortedMap<String, String> now = tree();
      boolean back = now.equals(old);
      taken += back ? 1 : 0;
      assertTrue(back || now.equals(renamed), "killed at change " + step + ": " + now);
      step++;
    }
    // The last two of the changes are of a rename that stands.
    assertTrue(taken > 10 && step > taken + 3, taken + " of " + step);
  }

  private boolean dies(FatalFileChanges files) throws IOException {
    try {
      rename(files);
      return files.dead();
    } catch (FatalFileChanges.Killed killed) {
      return true;
    }
  }

  /** Whoever recovers may die as well. */
  @Test
  void killedWhileRecovering() throws IOException {
    SortedMap<String, String> old = tree();
    rename(FileChanges.DURABLE);
    SortedMap<String, String> renamed = tree();
    for (int first = 1; first < 18; first++) {
      for (int second = 1; second < 18; second++) {
        makeRoot();
        dies(new FatalFileChanges(first, FatalFileChanges.How.KILL));
        FatalFileChanges files = new FatalFileChanges(second, FatalFileChanges.How.KILL);
        try {
          for (String from : DomainRename.begun(layout)) {
            DomainRename.recover(layout, files, from);
          }
        } catch (FatalFileChanges.Killed killed) {
          recover();
        }
        SortedMap<String, String> now = tree();
        assertTrue(now.equals(old) || now.equals(renamed), first + " and " + second + ": " + now);
      }
    }
  }

  /** A change that fails is told, and what was done before is taken back at once. */
  @Test
  void failedAnywhere() throws IOException {
    SortedMap<String, String> old = tree();
    rename(FileChanges.DURABLE);
    SortedMap<String, String> renamed = tree();
    int step = 1;
    boolean failed = true;
    while (failed) {
      makeRoot();
      FatalFileChanges files = new FatalFileChanges(step, FatalFileChanges.How.FAIL);
      try {
        rename(files);
        failed = files.failed();
        recover();
        assertEquals(renamed, tree(), "after the commit, at change " + step);
      } catch (IOException failure) {
        assertEquals("no space", failure.getMessage());
        assertEquals(0, failure.getSuppressed().length);
        assertEquals(old, tree(), "failed at change " + step);
      }
      step++;
    }
    assertTrue(step > 10);
  }

  /** What an editor saves in the last moment is not lost. */
  @Test
  void aDefinitionThatChangesMeanwhile() throws IOException {
    SortedMap<String, String> old = tree();
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                new DomainRename(layout, FileChanges.DURABLE, "web", "www")
                    .run("another".getBytes(UTF_8), AFTER));
    assertEquals(layout.definition("web") + " has changed meanwhile", refused.getMessage());
    assertEquals(old, tree());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    put("etc/domus/domains/www.xml", "<domain>mine</domain>");
    SortedMap<String, String> old = tree();
    assertThrows(IOException.class, () -> rename(FileChanges.DURABLE));
    assertEquals(old, tree());
  }

  @Test
  void aJournalThatCannotBeReadConcernsItsDomainOnly() throws IOException {
    put("var/lib/domus/renames/web", "{");
    put("var/lib/domus/renames/.x.swp", "");
    put("var/lib/domus/renames/.db.new", "{\"from");
    assertEquals(Set.of("web", "db"), DomainRename.begun(layout));
    assertEquals(Set.of("web"), DomainRename.names(layout, "web"));
    assertThrows(IOException.class, () -> DomainRename.recover(layout, FileChanges.DURABLE, "web"));
    DomainRename.recover(layout, FileChanges.DURABLE, "db");
    assertEquals(Set.of("web"), DomainRename.begun(layout));
  }
}
