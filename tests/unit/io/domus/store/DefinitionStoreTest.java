// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionStoreTest {
  private static final UUID IDENTITY = UUID.fromString("6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11");

  @TempDir private Path root;
  private StateLayout layout;
  private DefinitionStore store;

  @BeforeEach
  void makeStore() {
    layout = new StateLayout(root);
    store = new DefinitionStore(layout);
  }

  static Stream<byte[]> contents() {
    return Stream.of(
        "<!-- kept --><domain/>".getBytes(UTF_8),
        "\uFEFF<domain>\r\n\t<name>ü</name>\r</domain>\n\n".getBytes(UTF_8),
        "<domain/>".getBytes(UTF_16),
        new byte[] {0, (byte) 0xff, (byte) 0xfe, '\n', 0},
        new byte[0]);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void theFileIsTheOneDefinedByteForByte(byte[] content) throws IOException {
    store.write("web", content);
    assertArrayEquals(content, store.read("web").orElseThrow());
    assertArrayEquals(content, Files.readAllBytes(root.resolve("etc/domus/domains/web.xml")));
  }

  @Test
  void anEditInPlaceIsRead() throws IOException {
    store.write("web", "<a/>".getBytes(UTF_8));
    Files.writeString(layout.definition("web"), "<b/>");
    assertEquals("<b/>", new String(store.read("web").orElseThrow(), UTF_8));
  }

  @Test
  void namesAreSortedAndOnlyThoseOfDefinitions() throws IOException {
    assertEquals(List.of(), store.names());
    for (String name : List.of("web", "a.b", "db-2", "A")) {
      store.write(name, new byte[0]);
    }
    Files.createFile(layout.definitions().resolve(".new-123"));
    Files.createFile(layout.definitions().resolve(".hidden.xml"));
    Files.createFile(layout.definitions().resolve("README"));
    Files.createFile(layout.definitions().resolve("web.xml~"));
    assertEquals(List.of("A", "a.b", "db-2", "web"), store.names());
  }

  @Test
  void whatIsNotThereIsNone() throws IOException {
    assertEquals(Optional.empty(), store.read("web"));
    assertEquals(Optional.empty(), store.identity("web"));
    assertFalse(store.exists("web"));
    store.delete("web");
  }

  @Test
  void deletingTakesTheIdentityAndLeavesLayers() throws IOException {
    store.write("web", new byte[0]);
    store.writeIdentity("web", IDENTITY);
    assertEquals(Optional.of(IDENTITY), store.identity("web"));
    store.delete("web");
    assertFalse(store.exists("web"));
    assertEquals(Optional.empty(), store.identity("web"));
    assertFalse(Files.exists(layout.variable("web")));

    store.write("db", new byte[0]);
    store.writeIdentity("db", IDENTITY);
    Path layer = Files.createDirectories(layout.variable("db").resolve("layer"));
    store.delete("db");
    assertFalse(store.exists("db"));
    assertTrue(Files.isDirectory(layer));
  }

  @Test
  void replacingKeepsPermissionsAndLinks() throws IOException {
    Path real = root.resolve("real.xml");
    Files.writeString(real, "<a/>");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
    Files.createDirectories(layout.definitions());
    Files.createSymbolicLink(layout.definition("web"), real);
    store.replace("web", "<b/>".getBytes(UTF_8));
    assertTrue(Files.isSymbolicLink(layout.definition("web")));
    assertEquals("<b/>", Files.readString(real));
    assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    assertThrows(NoSuchFileException.class, () -> store.replace("none", new byte[0]));
  }

  @Test
  void whatIsKeptBesideTheIdentity() throws IOException {
    assertEquals(Optional.empty(), store.kept("web"));
    store.writeIdentity("web", IDENTITY);
    assertEquals(Optional.empty(), store.kept("web"));
    Files.createDirectory(layout.variable("web").resolve("layers"));
    assertEquals(Optional.of(layout.variable("web")), store.kept("web"));
  }
}
