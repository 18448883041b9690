// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.SavePaths;
import io.domus.domain.SnapshotPaths;
import io.domus.store.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say of snapshots, of which none holds processes here. */
class SnapshotsTest {
  @TempDir Path directory;
  private StoredDomains domains;

  @BeforeEach
  void define() throws IOException {
    domains = new StoredDomains(Files.createDirectory(directory.resolve("root")));
    domains.define("web", "");
    domains.define("bare", "");
    snapshot("one", 1, null);
    snapshot("two", 2, "one");
    snapshot("three", 3, "two");
    snapshot("side", 4, "one");
    new SnapshotStore(domains.layout()).current("web", Optional.of("three"));
  }

  private void snapshot(String name, long seconds, String parent) throws IOException {
    SnapshotPaths paths = domains.layout().checkpoint("web", name);
    Files.createDirectories(paths.directory());
    Files.writeString(paths.definition(), StoredDomains.definition("web", ""));
    Files.writeString(
        paths.description(),
        "<domainsnapshot><name>%s</name><state>shutoff</state>%s<creationTime>%d</creationTime>"
                .formatted(
                    name,
                    parent == null ? "" : "<parent><name>" + parent + "</name></parent>",
                    seconds)
            + "<memory snapshot='no'/></domainsnapshot>");
  }

  private CommandRun run(int status, String... args) {
    CommandRun run = domains.user().run(args);
    assertEquals(status, run.status(), run.out() + run.err());
    return run;
  }

  /** It is told before what would not go with a domain. */
  @Test
  void aFileThatIsMissing() {
    for (String option : new String[] {"--force", "--name=other"}) {
      CommandRun run = run(1, "restore", "gone.tar.zst", option);
      assertEquals("error: no domain and no file 'gone.tar.zst'\n", run.err());
    }
    assertTrue(run(2, "restore", "web", "--force").err().contains("--force is for archives"));
  }

  /** What managedsave has put aside is for start. */
  @Test
  void aManagedSaveIsNoCheckpoint() throws IOException {
    String none = "error: cannot restore domain 'bare': there is no checkpoint of it";
    assertEquals(none + "\n", run(1, "restore", "bare", "--dry-run").err());
    Files.createDirectories(SavePaths.of(domains.layout().domain("bare")).saved());
    assertEquals(
        none + "; 'start' goes on from its managed save image\n",
        run(1, "restore", "bare", "--dry-run").err());
  }

  @Test
  void info() {
    assertEquals(
        """
        Name:           one
        Domain:         web
        Current:        no
        State:          shutoff
        Memory:         no
        Created:        1970-01-01T00:00:01Z
        Parent:         -
        Children:       2
        Descendants:    3
        Path:           %s/var/lib/domus/checkpoints/web/one
        """
            .formatted(domains.root()),
        run(0, "snapshot-info", "web", "one").out());
    assertTrue(run(0, "snapshot-info", "web", "three").out().contains("Current:        yes\n"));
    assertTrue(run(0, "snapshot-info", "web", "two", "-o", "json").out().contains("\"one\""));
  }

  @Test
  void currentAndParent() {
    assertEquals("three\n", run(0, "snapshot-current", "web", "--name").out());
    assertEquals(
        run(0, "snapshot-dumpxml", "web", "three").out(), run(0, "snapshot-current", "web").out());
    assertEquals("two\n", run(0, "snapshot-parent", "web", "three").out());
  }

  /** A uuid that the file does not have is the domain's all the same. */
  @Test
  void theDefinitionHasTheDomainsUuid() {
    String uuid = run(0, "domuuid", "web").out().strip();
    assertTrue(
        run(0, "snapshot-dumpxml", "web", "two").out().contains("<uuid>" + uuid + "</uuid>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapshot-parent web one | snapshot 'one' of domain 'web' has no parent",
        "snapshot-parent web four | domain 'web' has no snapshot 'four'",
        "snapshot-info web tow | domain 'web' has no snapshot 'tow', did you mean 'two'?",
        "snapshot-list wbe | no domain 'wbe', did you mean 'web'?",
        "restore wbe | no domain and no file 'wbe', did you mean 'web'?",
        "snapshot-info web four | domain 'web' has no snapshot 'four'",
        "snapshot-current bare | domain 'bare' has no current snapshot",
        "restore nosuch.tar | no domain and no file 'nosuch.tar'",
        "undefine web | cannot undefine domain 'web': it has 4 snapshots;"
            + " --snapshots-metadata removes them",
        "snapshot-create-as web --dry-run .x | cannot snapshot domain 'web': '.x' is no name for a"
            + " snapshot: a name has at most 200 bytes, no '/' and no control character, does not"
            + " begin with '.', '-' or a space, and does not end with a space",
        "checkpoint web --dry-run | cannot checkpoint domain 'web': domain is not running",
        "save web /x --dry-run | cannot save domain 'web': domain is not running"
      })
  void refusals(String command, String message) {
    assertEquals("error: " + message + "\n", run(1, command.split(" ")).err());
  }

  @Test
  void aDestinationThatIsNoneIsAFaultOfTheCommandLine() {
    assertEquals(
        "error: no destination 'far.example': expected lxc+ssh://[USER@]HOST[:PORT]/system or"
            + " .../embed?root=DIR, or lxc:///system or lxc:///embed?root=DIR\n"
            + "see 'domus help migrate'\n",
        run(2, "migrate", "web", "far.example").err());
  }

  @Test
  void rehearsalsNameWhatWouldBeDeleted() {
    assertEquals(
        """
        would delete snapshot 'one'
        would delete snapshot 'two'
        would delete snapshot 'three'
        would delete snapshot 'side'
        would undefine domain 'web'
        """,
        run(0, "undefine", "web", "--snapshots-metadata", "--dry-run").out());
    assertEquals(4, run(0, "snapshot-list", "web", "--name").out().lines().count());
  }

  @Test
  void nothingIsLeftOfTheLast() throws IOException {
    SnapshotStore store = new SnapshotStore(domains.layout());
    store.tidy("web");
    Path place = domains.layout().checkpoints("web");
    assertTrue(Files.exists(place.resolve("one")));
    for (String name : store.names("web")) {
      Path snapshot = place.resolve(name);
      Files.delete(snapshot.resolve("snapshot.xml"));
      Files.delete(snapshot.resolve("domain.xml"));
      Files.delete(snapshot);
    }
    store.tidy("web");
    store.tidy("bare");
    assertFalse(Files.exists(place));
  }
}
