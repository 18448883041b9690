// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains as deep and as wide as promised start, and every layer can be read in the guest. */
class DeepChainIT {
  @RegisterExtension final Site site = new Site();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 40})
  void nested(int depth) throws IOException {
    String store = Filesystems.directory(site.tree("base"));
    for (int number = 1; number <= depth; number++) {
      store = Filesystems.inner(layer("layers", number), site.empty("work" + number), store);
    }
    start(store);
    assertAllRead("layers", depth);
  }

  /** The same by backing stores within backing stores, as libvirt's disks have them. */
  @ParameterizedTest
  @ValueSource(ints = {4, 40})
  void chained(int depth) throws IOException {
    String store = Filesystems.directory(site.tree("base"));
    for (int number = 1; number <= depth; number++) {
      store = Filesystems.directory(layer("layers", number), store);
    }
    start(store);
    assertAllRead("layers", depth);
  }

  @Test
  void wide() throws IOException {
    start(row("layers", 399));
    assertAllRead("layers", 399);
  }

  /** One path alone is longer than fsconfig(2) takes, all together longer than mount(2) does. */
  @Test
  void longPaths() throws IOException {
    String parent = "x".repeat(200) + "/" + "y".repeat(200) + "/a,b:c d\\e";
    start(row(parent, 30));
    assertAllRead(parent, 30);
  }

  @Test
  void longPathsOfUpperAndRoot() throws IOException {
    Path parent = site.empty("z".repeat(250) + "/" + "u".repeat(100));
    Path upper = Files.createDirectory(parent.resolve("upper"));
    Path work = Files.createDirectory(parent.resolve("work"));
    GuestTree.make(parent.resolve("base"));
    site.start(
        DomainXml.named("long")
            .device(
                Filesystems.overlay(
                    upper, work, "/", Filesystems.directory(parent.resolve("base")))));
    site.output("long", "sh", "-c", "echo new >/new");
    assertEquals("new\n", Files.readString(upper.resolve("new")));
  }

  /** Layers beside one another above a base, the topmost first. */
  private String row(String parent, int count) throws IOException {
    List<String> stores = new ArrayList<>();
    for (int number = count; number >= 1; number--) {
      stores.add(Filesystems.directory(layer(parent, number)));
    }
    stores.add(Filesystems.directory(site.tree("base")));
    return String.join("", stores);
  }

  /** A layer with a file of its own, one that all have, and a directory that all share. */
  private Path layer(String parent, int number) throws IOException {
    Path layer = site.empty(parent + "/" + number);
    Files.writeString(layer.resolve("file" + number), "layer " + number + "\n");
    Files.writeString(layer.resolve("top"), number + "\n");
    Files.createDirectory(layer.resolve("shared"));
    Files.writeString(layer.resolve("shared/" + number), "");
    return layer;
  }

  private void start(String stores) throws IOException {
    site.start(
        DomainXml.named("deep")
            .device(Filesystems.overlay(site.empty("upper"), site.empty("work"), "/", stores)));
  }

  private void assertAllRead(String parent, int count) throws IOException {
    String expected =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> "layer " + number + "\n")
            .collect(Collectors.joining());
    String script = "for i in $(seq %d); do cat /file$i; done".formatted(count);
    assertEquals(expected, site.output("deep", "sh", "-c", script));
    assertEquals(count + "\n", site.output("deep", "cat", "/top"), "the topmost layer covers all");
    assertEquals(
        count + "\n", site.output("deep", "sh", "-c", "ls /shared | wc -l"), "directories merge");
    site.output("deep", "sh", "-c", "echo written >/file1");
    assertEquals("written\n", Files.readString(site.path("upper/file1")));
    assertEquals(
        "layer 1\n", Files.readString(site.path(parent + "/1/file1")), "the layer is untouched");
  }
}
