// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpperRecordTest {
  private static final String ID = "0123456789ab";

  @TempDir private Path directory;
  private final LinuxSyscalls syscalls = new LinuxSyscalls();
  private StateLayout layout;

  @BeforeEach
  void open() throws IOException {
    layout = new StateLayout(directory.resolve("root"));
    Files.createDirectories(layout.uppers());
  }

  /** An operation's own. */
  private LayerStore store() {
    return new LayerStore(layout, syscalls);
  }

  private static UpperLayers layers(String id) {
    return new UpperLayers(
        List.of(new SealedLayer(id, Path.of("/layers/" + id + "/diff"))),
        new UpperLayers.Marks(true, false, true));
  }

  private Path upper(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  private UpperRecord record(Path upper, String id) throws IOException {
    Stat stat = syscalls.stat(upper);
    UpperRecord record = new UpperRecord(upper, stat.inode(), stat.birth(), layers(id));
    Files.writeString(LayerStore.record(layout, upper), record.json());
    return record;
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    UpperRecord record =
        new UpperRecord(Path.of("/srv/ü \"x\"/upper"), 1L << 60, Long.MAX_VALUE, layers(ID));
    assertEquals(record, UpperRecord.parse(record.json()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{}",
        "{\"upper\":\"/u\"}",
        "{\"upper\":7,\"layers\":[]}",
        "{\"upper\":\"/u\",\"inode\":\"x\",\"layers\":[]}",
        "{\"upper\":\"/u\",\"layers\":{}}",
        "{\"upper\":\"/u\",\"layers\":[7]}",
        "{\"upper\":\"/u\",\"layers\":[{\"id\":\"../etc\",\"path\":\"/x\"}]}",
        "{\"upper\":\"/u\",\"layers\":[{\"id\":\"0123456789ab\"}]}",
        "{\"upper\":\"/u\\u0000\",\"layers\":[]}"
      })
  void damage(String text) throws IOException {
    Path upper = upper("upper");
    Path file = LayerStore.record(layout, upper);
    Files.writeString(file, text);
    String message = assertThrows(IOException.class, () -> store().find(upper)).getMessage();
    assertTrue(message.startsWith("unreadable " + file + ": "), message);
    assertEquals(message, assertThrows(IOException.class, store()::uppers).getMessage());
  }

  @Test
  void byPathAndByInode() throws IOException {
    Path first = upper("first");
    UpperRecord record = record(first, ID);
    assertEquals(Optional.of(record), store().find(first));
    assertEquals(Optional.empty(), store().former(first));
    Path moved = directory.resolve("moved");
    Files.move(first, moved);
    assertEquals(Optional.of(record), store().find(moved));
    assertEquals(Optional.of(LayerStore.record(layout, first)), store().former(moved));
    assertEquals(Optional.empty(), store().displaced(moved), "nothing is in the way of its record");
    assertEquals(Optional.empty(), store().find(upper("another")));
  }

  /** A copy that was put back is another inode. */
  @Test
  void restored() throws IOException {
    Path place = upper("upper");
    UpperRecord record = record(place, ID);
    Files.move(place, directory.resolve("aside"));
    Files.delete(directory.resolve("aside"));
    Files.createDirectory(place);
    assertEquals(Optional.of(record), store().find(place));
    assertEquals(Optional.empty(), store().former(place));
    assertEquals(Optional.empty(), store().displaced(place), "it may be replaced");
  }

  @Test
  void exchanged() throws IOException {
    Path one = upper("one");
    Path other = upper("other");
    UpperRecord ofOne = record(one, ID);
    UpperRecord ofOther = record(other, "ba9876543210");
    Path between = directory.resolve("between");
    Files.move(one, between);
    Files.move(other, one);
    Files.move(between, other);
    assertEquals(Optional.of(ofOther), store().find(one));
    assertEquals(Optional.of(ofOne), store().find(other));
    Path kept = store().displaced(one).orElseThrow();
    assertFalse(Files.exists(kept));
    Files.move(LayerStore.record(layout, one), kept);
    UpperRecord again = record(one, "000000000000");
    assertEquals(Optional.of(again), store().find(one));
    assertEquals(Optional.of(ofOne), store().find(other), "under its other name");
    assertEquals(kept, store().file(ofOne));
    assertEquals(LayerStore.record(layout, one), store().file(again));
    assertEquals(Optional.of(kept), store().former(other));
  }
}
