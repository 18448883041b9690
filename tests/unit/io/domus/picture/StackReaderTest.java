// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.GuestPath;
import io.domus.domain.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackReaderTest {
  /** What stands in the row, with a dash for every overlay that it lies in. */
  private static String text(Layer layer) {
    String order = layer.order().map(number -> number + " ").orElse("");
    String mode = layer.writable() ? " rw" : "";
    return "-".repeat(layer.depth())
        + order
        + layer.role().text()
        + " "
        + layer.kind()
        + " "
        + layer.source()
        + mode;
  }

  private static List<Stack> read(String devices) {
    return StackReader.read(Documents.domain("web", devices));
  }

  private static String text(String filesystem) {
    Stack stack = read(filesystem).getFirst();
    String layers =
        stack.layers().stream().map(StackReaderTest::text).collect(Collectors.joining(", "));
    return stack.target() + " " + stack.kind() + " " + stack.mode() + ": " + layers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type='mount'><source dir='/srv'/> | / mount read-write: 1 source dir /srv rw",
        "type='mount'><source dir='/srv'/><readonly/> | / mount read-only: 1 source dir /srv",
        "type='block'><source dev='/dev/a'/> | / block read-write: 1 source block /dev/a rw",
        "type='file'><driver type='raw'/><source file='/a'/> | / file read-write: 1 source file /a"
            + " rw",
        "type='file'><driver name='nbd' type='qcow2'/><source file='/a'/> | / file read-write: 1"
            + " source qcow2 /a rw",
        "type='overlay'><source dir='/u'/><source dir='/w'/><backingStore type='dir'><target"
            + " dir='/l'/></backingStore> | / overlay read-write: 1 upper dir /u rw, 2 lower dir"
            + " /l",
        "type='overlay'><source dir='/u'/><source dir='/w'/><backingStore type='dir'><target"
            + " dir='/l'/></backingStore><readonly/> | / overlay read-only: 1 upper dir /u, 2 lower"
            + " dir /l",
        "type='overlay'><backingStore type='dir'><target dir='/a'/></backingStore><backingStore"
            + " type='dir'><target dir='/b'/></backingStore><readonly/> | / overlay read-only: 1"
            + " lower dir /a, 2 lower dir /b",
        "type='overlay'><backingStore type='block'><source"
            + " dev='/dev/a'/></backingStore><backingStore type='file'><source"
            + " file='/b'/></backingStore><readonly/> | / overlay read-only: 1 lower block /dev/a,"
            + " 2 lower file /b",
        "type='overlay'><backingStore type='file'><format type='qcow2'/><source"
            + " file='/a'/><backingStore type='file'><format type='qcow2'/><source"
            + " file='/b'/></backingStore></backingStore><readonly/> | / overlay read-only: 1 lower"
            + " qcow2 /a, -backing qcow2 /b"
      })
  void aFilesystemIsAStack(String inner, String expected) {
    assertEquals(expected, text("<filesystem " + inner + "<target dir='/'/></filesystem>"));
  }

  @Test
  void anInnerOverlayIsARowAndThoseItConsistsOf() {
    assertEquals(
        "/ overlay read-write: 1 upper dir /u rw, lower overlay of the layers below,"
            + " -2 upper dir /srv/1/upper, -lower overlay of the layers below,"
            + " --3 upper dir /srv/2/upper, --4 lower dir /srv/base",
        text(Documents.nested(2)));
  }

  @Test
  void stacksAreInTheOrderOfMounting() {
    List<Stack> stacks =
        read(
            "<filesystem type='ram'><source usage='1' units='MiB'/><target"
                + " dir='/a/b'/></filesystem><filesystem type='bind'><source dir='/x'/><target"
                + " dir='/c'/></filesystem><filesystem type='mount'><source dir='/s'/><target"
                + " dir='/'/></filesystem>");
    assertEquals(
        List.of("/", "/c", "/a/b"), stacks.stream().map(stack -> stack.target().value()).toList());
    assertEquals("1 source ram 1 MiB rw", text(stacks.getLast().layers().getFirst()));
    assertEquals("1 source bind /x of the guest rw", text(stacks.get(1).layers().getFirst()));
  }

  @Test
  void tooltipsSayWhereItIsSaid() {
    Layer upper = read(Documents.nested(1)).getFirst().layers().getFirst();
    assertEquals("1. upper: dir /u, work /w, read-write (web.xml:6)", upper.sentence());
  }

  @Test
  void nothingIsNoStack() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Stack(GuestPath.ROOT, "mount", false, List.of(), Origin.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Layer(
                Optional.of(0),
                Layer.Role.ONLY,
                "dir",
                "/",
                Optional.empty(),
                true,
                0,
                Origin.NONE));
  }
}
