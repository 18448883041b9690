// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.store.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code layers} prints. */
class LayersTest {
  private static final String ID = "0123456789ab";

  @TempDir Path directory;
  private CommandRun.User user;
  private StateLayout layout;

  @BeforeEach
  void layer() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    layout = new StateLayout(root);
    user = CommandRun.User.of(root);
    Path content = Files.createDirectories(layout.layer(ID).resolve("diff"));
    Files.write(content.resolve("data"), new byte[3 << 20]);
    Files.writeString(
        layout.layer(ID).resolve("layer.json"),
        "{\"id\":\"%s\",\"path\":\"%s\",\"domain\":\"web\",\"created\":\"2026-11-29T12:00:00Z\"}"
            .formatted(ID, content));
  }

  private void define(String name) throws IOException {
    Path base = Files.createDirectories(directory.resolve("base"));
    String text =
        "<domain type='lxc'><name>%s</name><memory>65536</memory><os><type>exe</type>"
                .formatted(name)
            + "<init>/init</init></os><devices><filesystem type='overlay'><backingStore type='dir'>"
            + "<source dir='%s/diff'/></backingStore><backingStore type='dir'><source dir='%s'/>"
                .formatted(layout.layer(ID), base)
            + "</backingStore><target dir='/'/><readonly/></filesystem></devices></domain>";
    assertEquals(Action.OK, user.typing(text).run("define", "-").status());
  }

  private CommandRun ok(String... args) {
    CommandRun run = user.run(args);
    assertEquals(Action.OK, run.status(), run.err());
    return run;
  }

  @Test
  void table() throws IOException {
    String unused = ok("layers").out();
    assertTrue(
        unused.startsWith(" Id             Size   Created            Sealed from   Used by\n"),
        unused);
    assertTrue(
        unused.matches("(?s).* 0123456789ab   3M     2026-11-29 \\d\\d:00 +web +-\n"), unused);
    define("b");
    define("a");
    assertTrue(ok("layers").out().endsWith("   web           a, b\n"), ok("layers").out());
  }

  @Test
  void json() throws IOException {
    define("a");
    Map<?, ?> entry = (Map<?, ?>) JSON.std.listFrom(ok("layers", "-o", "json").out()).getFirst();
    assertEquals(ID, entry.get("id"));
    assertEquals("2026-11-29T12:00:00Z", entry.get("created"));
    assertEquals(List.of("a"), entry.get("usedBy"));
    assertTrue(((Number) entry.get("bytes")).longValue() >= 3 << 20);
  }

  @Test
  void tree() throws IOException {
    assertEquals("", ok("layers", "--tree").out());
    define("b");
    define("a");
    String tree = ok("layers", "--tree").out();
    assertTrue(
        tree.matches(
            directory + "/base  \\d.*\n└─ 0123456789ab  3M  sealed from web\n   ├─ a\n   └─ b\n"),
        tree);
    Map<?, ?> root =
        (Map<?, ?>) JSON.std.listFrom(ok("layers", "--tree", "-o", "json").out()).getFirst();
    assertEquals(directory + "/base", root.get("path"));
  }

  @Test
  void whatWouldBePruned() throws IOException {
    assertTrue(
        ok("layers", "--prune", "--dry-run").out().startsWith("plan: prune layers, 3 steps\n"));
    define("a");
    assertEquals("Nothing to remove\n", ok("layers", "--prune", "--dry-run").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layers --tree --check   | --tree, --check and --prune exclude each other",
        "layers --dry-run        | --dry-run needs --prune",
        "layers --tree --dry-run | --dry-run needs --prune",
        "layers --force          | --force needs --prune",
        "layers web              | unexpected argument 'web'",
      })
  void wrongUse(String line, String message) {
    CommandRun run = user.run(line.split(" "));
    assertEquals("error: " + message + "\nsee 'domus help layers'\n", run.err());
    assertEquals(Action.USAGE, run.status());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1023, 1023B",
    "1024, 1K",
    "1536, 1.5K",
    "10240, 10K",
    "1048575, 1M",
    "1048576, 1M",
    "9961472, 9.5M",
    "5368709120, 5G",
    "9223372036854775807, 8E"
  })
  void sizes(long bytes, String text) {
    assertEquals(text, HumanSize.of(bytes));
  }
}
