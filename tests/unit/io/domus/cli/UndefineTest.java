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

/** What the command prints of those that go, and of those that are in the way. */
class UndefineTest {
  @TempDir Path directory;
  private CommandRun.User user;

  @BeforeEach
  void define() throws IOException {
    user = CommandRun.User.of(Files.createDirectory(directory.resolve("root")));
    Files.createDirectory(directory.resolve("base"));
    define("base", "<filesystem><source dir='%s/base'/><target dir='/'/></filesystem>");
    overlay("b1", "base");
    overlay("b2", "base");
    overlay("c1", "b1/upper");
    overlay("c2", "b1/upper");
    define(
        "d",
        "<filesystem type='overlay'><backingStore type='dir'><source dir='%s/b2/upper'/>"
            + "</backingStore><backingStore type='dir'><source dir='%s/c1/upper'/></backingStore>"
            + "<target dir='/'/><readonly/></filesystem>");
  }

  private void overlay(String name, String layer) throws IOException {
    Files.createDirectories(directory.resolve(name + "/upper"));
    Files.createDirectories(directory.resolve(name + "/work"));
    define(
        name,
        "<filesystem type='overlay'><source dir='%s/NAME/upper'/><source dir='%s/NAME/work'/>"
                .replace("NAME", name)
            + "<backingStore type='dir'><source dir='%s/LAYER'/></backingStore>"
                .replace("LAYER", layer)
            + "<target dir='/'/></filesystem>");
  }

  private void define(String name, String filesystem) {
    String text =
        "<domain type='lxc'><name>%s</name><memory>65536</memory><os><type>exe</type>"
                .formatted(name)
            + "<init>/init</init></os><devices>"
            + filesystem.replace("%s", directory.toString())
            + "</devices></domain>";
    assertEquals(Action.OK, user.typing(text).run("define", "-").status());
  }

  private CommandRun run(int status, String... args) {
    CommandRun run = user.run(args);
    assertEquals(status, run.status(), run.out() + run.err());
    return run;
  }

  private static final String TREE =
      """
      base
      ├─ b1
      │  ├─ c1
      │  │  └─ d
      │  └─ c2
      └─ b2
         └─ d
      """;

  @Test
  void pinned() {
    String message =
        "error: cannot undefine domain 'base': its directory '%s/base' is a layer of domains 'b1'"
                .formatted(directory)
            + " and 'b2'\n";
    assertEquals(message, run(1, "undefine", "base").err());
    assertEquals(message, run(1, "undefine", "--dry-run", "base").err());
    assertEquals(message, run(1, "undefine", "--dry-run", "--remove-all-storage", "base").err());
    run(0, "undefine", "--dry-run", "d", "c1", "c2", "b1", "b2", "base");
    run(0, "undefine", "d", "c1", "c2", "b1", "b2", "base");
  }

  @Test
  void aCascadeThatNobodyCanBeAskedAbout() {
    CommandRun run = run(2, "undefine", "base", "--cascade");
    assertEquals(TREE, run.out());
    assertEquals(
        "error: --cascade needs --yes where nobody can be asked\nsee 'domus help undefine'\n",
        run.err());
    assertEquals("b1\nb2\nbase\nc1\nc2\nd\n", run(0, "list", "--all", "--name").out());
  }

  @Test
  void aCascade() {
    CommandRun rehearsed = run(0, "undefine", "base", "--cascade", "--dry-run");
    assertEquals(
        TREE
            + """
            would undefine domain 'd'
            would undefine domain 'c1'
              upper directory '~/c1/upper' stays
            would undefine domain 'c2'
              upper directory '~/c2/upper' stays
            would undefine domain 'b1'
              upper directory '~/b1/upper' stays
            would undefine domain 'b2'
              upper directory '~/b2/upper' stays
            would undefine domain 'base'
              directory '~/base' stays
            """,
        rehearsed.out().replace(directory.toString(), "~"));
    assertEquals(
        TREE
            + """
            Domain 'd' has been undefined
            Domain 'c1' has been undefined
            Domain 'c2' has been undefined
            Domain 'b1' has been undefined
            Domain 'b2' has been undefined
            Domain 'base' has been undefined
            """,
        run(0, "undefine", "base", "--cascade", "--yes").out());
    assertTrue(Files.exists(directory.resolve("b1/upper")));
  }

  @Test
  void alone() {
    assertEquals("Domain 'd' has been undefined\n", run(0, "undefine", "d", "--cascade").out());
  }

  @Test
  void aManagedSaveImage() throws IOException {
    StoredDomains stored = new StoredDomains(user.root());
    Files.createDirectories(stored.layout().variable("d").resolve("save"));
    String refused = run(1, "undefine", "d").err();
    assertEquals(
        "error: cannot undefine domain 'd': it has a managed save image; start it, or remove the"
            + " image with 'managedsave-remove d' or --managed-save\n",
        refused);
    assertEquals(refused, run(1, "undefine", "d", "--dry-run").err());
    assertEquals(refused, run(1, "undefine", "d", "--dry-run", "--remove-all-storage").err());
    String discarded = "would remove the managed save image of domain 'd'\n";
    assertEquals(
        discarded + "would undefine domain 'd'\n",
        run(0, "undefine", "d", "--dry-run", "--managed-save").out());
    assertEquals(
        discarded,
        run(0, "undefine", "d", "--dry-run", "--managed-save", "--remove-all-storage").err());
  }

  @Test
  void thePlansOfACascade() {
    CommandRun run = run(0, "undefine", "b1", "--cascade", "--dry-run", "--remove-all-storage");
    assertTrue(run.out().contains("\nplan: undefine domain 'd', "), run.out());
    assertTrue(
        run.out().contains("move " + directory + "/c2/upper to " + directory + "/c2/.domus-remo"),
        run.out());
    assertTrue(
        run.out().contains("move " + directory + "/b1/upper to " + directory + "/b1/.domus-remo"),
        run.out());
    assertTrue(Files.exists(directory.resolve("b1/upper")));
  }
}
