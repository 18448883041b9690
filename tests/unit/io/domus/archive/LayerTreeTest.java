// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What an OCI layer may hold, and what is refused before anything is written. */
class LayerTreeTest {
  private static final long LIMIT = 1000;

  @TempDir Path directory;

  private LayerTree tree(boolean devices, byte[]... entries) throws IOException {
    Path tar = Files.write(directory.resolve("a.tar"), HandTar.end(entries));
    return LayerTree.of(tar, devices, LIMIT);
  }

  private static byte[] file(String name) throws IOException {
    return HandTar.of('0', name, "", "");
  }

  private static byte[] directory(String name) throws IOException {
    return HandTar.of('5', name, "", "");
  }

  private static byte[] link(char type, String name, String target) throws IOException {
    return HandTar.of(type, name, target, "");
  }

  private static byte[] pax(String key, String value, byte[] entry) throws IOException {
    return HandTar.join(HandTar.pax(Map.of(key, value)), entry);
  }

  @TestFactory
  Stream<DynamicTest> refuses() throws IOException {
    Map<byte[], String> table = new LinkedHashMap<>();
    table.put(file("/etc/passwd"), "entry '/etc/passwd': an absolute name");
    table.put(file(".//etc/passwd"), "entry './/etc/passwd': an absolute name");
    table.put(file("../a"), "entry '../a': a name that leads upwards");
    table.put(file("a/../../b"), "entry 'a/../../b': a name that leads upwards");
    table.put(directory("a/.."), "entry 'a/..': a name that leads upwards");
    table.put(directory("a/../"), "entry 'a/../': a name that leads upwards");
    table.put(file("a//b"), "entry 'a//b': a name with an empty part");
    table.put(file("a/./b"), "entry 'a/./b': a name with an empty part");
    table.put(pax("path", "../x", file("a")), "entry '../x': a name that leads upwards");
    table.put(pax("path", "a\0b", file("a")), "'a\\x00b' has a NUL in its name or link");
    table.put(
        pax("path", "b".repeat(256), file("a")),
        "entry '" + "b".repeat(256) + "': the name is too long");
    table.put(link('1', "a", "/etc/shadow"), "entry 'a': an absolute name");
    table.put(link('1', "a", "../b"), "entry 'a': a name that leads upwards");
    table.put(link('1', "a", "b"), "entry 'a': a hard link to 'b', which is no file before it");
    table.put(link('1', "a", "a"), "entry 'a': a hard link to 'a', which is no file before it");
    table.put(
        HandTar.join(link('2', "a", "/etc"), file("a/passwd")),
        "entry 'a/passwd': lies beneath 'a', which is no directory");
    table.put(
        HandTar.join(directory("a"), link('2', "a", "/etc")), "entry 'a': is in the tar already");
    table.put(
        HandTar.join(file("a/b"), link('2', "a", "/etc")), "entry 'a': is in the tar already");
    table.put(HandTar.join(file("a"), file("a")), "entry 'a': is in the tar already");
    table.put(HandTar.join(file("a"), file("./a")), "entry './a': is in the tar already");
    table.put(
        HandTar.join(link('2', "a", "b"), directory("a/")), "entry 'a/': is in the tar already");
    table.put(link('2', ".", "/etc"), "entry '.': is in the tar already");
    table.put(HandTar.of('S', "a", "", ""), "'a' is of an unknown type: 83");
    table.put(HandTar.of('g', "a", "", ""), "'a' is of an unknown type: 103");
    table.put(HandTar.of('7', "a", "", ""), "'a' is of an unknown type: 55");
    table.put(HandTar.of('5', "a", "", "x"), "'a' is no file and has content");
    table.put(file("a/"), "'a/' has a directory's name and is none");
    table.put(file(".wh."), "entry '.wh.': a marker of no known kind");
    table.put(file(".wh..."), "entry '.wh...': a marker of no known kind");
    table.put(file(".wh..wh.plnk"), "entry '.wh..wh.plnk': a marker of no known kind");
    table.put(file(".wh.a/b"), "entry '.wh.a/b': lies beneath a marker");
    table.put(directory(".wh.a"), "entry '.wh.a': a marker that is no empty file");
    table.put(HandTar.of('0', ".wh.a", "", "x"), "entry '.wh.a': a marker that is no empty file");
    table.put(
        link('2', ".wh..wh..opq", "x"), "entry '.wh..wh..opq': a marker that is no empty file");
    table.put(
        pax("SCHILY.xattr.trusted.overlay.redirect", "/", directory("a")),
        "entry 'a': has overlayfs's own attribute trusted.overlay.redirect");
    table.put(
        pax("SCHILY.xattr.user.overlay.opaque", "y", directory("a")),
        "entry 'a': has overlayfs's own attribute user.overlay.opaque");
    table.put(
        HandTar.of('0', "a", "", "x".repeat(1001)),
        "entry 'a': more content than the 1000 bytes there is room for");
    table.put(
        HandTar.device('4', "sda", "", "", 8, 0),
        "entry 'sda': a device node, 8:0, that gives access to hardware");
    table.put(
        HandTar.device('3', "mem", "", "", 1, 1),
        "entry 'mem': a device node, 1:1, that gives access to hardware");
    table.put(
        HandTar.device('4', "null", "", "", 1, 3),
        "entry 'null': a device node, 1:3, that gives access to hardware");
    table.put(
        HandTar.device('3', "gone", "", "", 0, 0),
        "entry 'gone': a device 0:0, by which overlayfs would say that something is gone");
    table.put(pax("hdrcharset", "BINARY", file("a")), "'a' has an encoding of its own");
    table.put(
        pax("GNU.sparse.map", "0,1", file("a")), "'a' is sparse in a form that is not understood");
    table.put(
        HandTar.join(HandTar.pax(Map.of("path", "b")), pax("path", "c", file("a"))),
        "an entry has two headers of one kind");
    table.put(
        HandTar.join(HandTar.of('L', "x", "", "b\0"), pax("path", "c", file("a"))),
        "an entry has its name twice");
    table.put(HandTar.of('x', "x", "", "9 path=ab\n"), "an extended header is malformed");
    table.put(HandTar.of('x', "x", "", "8 path=a"), "an extended header is malformed");
    table.put(HandTar.pax(Map.of("path", "b")), "the tar ends after an extended header");
    table.put(
        HandTar.join(file("a"), new byte[512], file("b")), "the tar has an end amidst its entries");
    table.put(
        HandTar.join(file("a"), new byte[1024], file("b")), "something follows the end of the tar");
    byte[] altered = file("a");
    altered[0] = 'b';
    table.put(altered, "not a tar, or damaged, at byte 0");
    return table.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getValue(),
                    () ->
                        assertEquals(
                            one.getValue(),
                            assertThrows(IOException.class, () -> tree(false, one.getKey()))
                                .getMessage())));
  }

  @Test
  void isRefusedWhenCutOff() throws IOException {
    byte[] whole = HandTar.end(file("a"), HandTar.of('0', "b", "", "content"));
    for (int length = 0; length < whole.length; length += 100) {
      Path tar = Files.write(directory.resolve("cut.tar"), Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> LayerTree.of(tar, true, LIMIT), "at " + length);
    }
  }

  @Test
  void knowsWhatIsGone() throws IOException {
    LayerTree tree =
        tree(
            false,
            directory("./"),
            file("./a/.wh.b"),
            file("a/.wh..wh..opq"),
            file(".wh.c"),
            directory("c/"),
            file("d/.wh.e"),
            file("d/e"),
            file("f/g/.wh." + "n".repeat(60)),
            HandTar.device('3', "dev/null", "", "", 1, 3),
            link('1', "null", "dev/null"));
    assertEquals(Set.of("f/g/" + "n".repeat(60)), tree.whiteouts());
    assertEquals(Set.of("a", "c"), tree.opaque());
    assertEquals(10, tree.count());
  }

  @Test
  void mayHaveDevicesWhereTheyAreAllowed() throws IOException {
    assertEquals(2, tree(true, HandTar.device('4', "sda", "", "", 8, 0)).count());
  }
}
