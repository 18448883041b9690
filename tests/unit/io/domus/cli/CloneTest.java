// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code clone} says of sources that it does not take, or not as it was told. */
class CloneTest {
  @TempDir Path directory;
  private StoredDomains domains;

  @BeforeEach
  void define() throws IOException {
    domains = new StoredDomains(Files.createDirectory(directory.resolve("root")));
    for (String name : new String[] {"upper", "work", "base"}) {
      Files.createDirectory(directory.resolve(name));
    }
    Files.createFile(directory.resolve("image"));
    define(
        "web",
        "<filesystem type='overlay'><source dir='~/upper'/><source dir='~/work'/>"
            + "<backingStore type='dir'><source dir='~/base'/></backingStore>");
    define("image", "<filesystem type='file'><source file='~/image'/>");
  }

  private void define(String name, String root) {
    String text =
        StoredDomains.definition(name, "")
            .replace("<filesystem type='mount'><source dir='/srv/web'/>", root)
            .replace("~", directory.toString());
    CommandRun run = domains.user().typing(text).run("define", "-");
    assertEquals(Action.OK, run.status(), run.err());
  }

  private String refused(String... words) {
    CommandRun run = domains.user().run(words);
    assertEquals(Action.FAILED, run.status(), run.out());
    return run.err();
  }

  /** A copy waits for whom its source waits for, and somebody may wait for the copy. */
  @Test
  void closesNoCircle() {
    String root = "<filesystem type='mount'><source dir='" + directory + "/base'/>";
    after("front", "back", root);
    after("back", "copy", root);
    String fault = refused("clone", "--dry-run", "--full", "front", "copy");
    assertTrue(fault.startsWith("clone 'copy':"), fault);
    assertTrue(fault.contains("waits for 'back' in a cycle"), fault);
    assertEquals("", accepted("clone", "--dry-run", "--full", "front", "other"));
  }

  private void after(String name, String other, String root) {
    String text =
        StoredDomains.definition(name, "<autostart><after domain='" + other + "'/></autostart>")
            .replace("<filesystem type='mount'><source dir='/srv/web'/>", root);
    assertEquals(Action.OK, domains.user().typing(text).run("define", "-").status());
  }

  private String accepted(String... words) {
    CommandRun run = domains.user().run(words);
    assertEquals(Action.OK, run.status(), run.err());
    return run.err();
  }

  /** The remedy is named only where it helps. */
  @Test
  void oneThatRuns() throws IOException {
    domains.startRunning("web", false);
    domains.startRunning("image", false);
    assertEquals(
        "error: cannot clone domain 'web': domain is running; --live clones it as it runs\n",
        refused("clone", "--dry-run", "web", "b"));
    assertEquals(
        "error: cannot clone domain 'web': domain is running\n",
        refused("clone", "--dry-run", "--full", "web", "b"));
    assertEquals(
        "error: cannot clone domain 'image': domain is running\n",
        refused("clone", "--dry-run", "image", "b"));
    assertEquals(
        "error: cannot start an ephemeral run of domain 'web': domain is running; 'clone --live'"
            + " clones it as it runs\n",
        refused("start", "--dry-run", "--ephemeral", "web"));
    Files.delete(domains.file("web"));
    assertEquals(
        "error: cannot clone domain 'web': domain is transient; --live clones it as it runs\n",
        refused("clone", "--dry-run", "web", "b"));
  }

  @Test
  void liveOfWhatIsOff() {
    CommandRun run = domains.user().run("clone", "--dry-run", "--live", "web", "b");
    assertEquals(Action.OK, run.status(), run.err());
    assertTrue(run.err().endsWith("domain 'web' is off: cloned as any other\n"), run.err());
    assertEquals("", domains.user().run("clone", "--dry-run", "web", "b").err());
  }

  @Test
  void whatHasNoSize() {
    assertEquals(
        "error: cannot clone domain 'web': a clone that shares layers has no size: --size is for"
            + " --to loop and --to qcow2 (%s:6)\n".formatted(domains.file("web")),
        refused("clone", "--dry-run", "--size", "10G", "web", "b"));
    assertEquals(
        "error: cannot clone domain 'image': a clone that shares layers has no size: --size is for"
            + " --full, --to loop and --to qcow2 (%s:6)\n".formatted(domains.file("image")),
        refused("clone", "--dry-run", "--linked", "--size", "10G", "image", "b"));
  }

  @Test
  void withoutItsWorkDirectory() throws IOException {
    Files.delete(directory.resolve("work"));
    assertEquals(
        "error: cannot clone domain 'web': source directory '%s/work' not found (%s:6)\n"
            .formatted(directory, domains.file("web")),
        refused("clone", "--dry-run", "web", "b"));
  }
}
