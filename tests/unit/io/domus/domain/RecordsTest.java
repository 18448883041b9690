// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What the records of the vocabulary refuse to hold. */
class RecordsTest {
  private static final Filesystem.Place ROOT =
      new Filesystem.Place(
          GuestPath.ROOT,
          false,
          MountOptions.NONE,
          Optional.empty(),
          Optional.empty(),
          Origin.NONE);

  private static final OsDef OS = os("/init");

  private static OsDef os(String init) {
    return new OsDef(
        Optional.empty(),
        init,
        Origin.NONE,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static DomainDef domain(
      String name, long memory, long current, int vcpu, List<Filesystem> filesystems) {
    return new DomainDef(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        memory,
        current,
        vcpu,
        Tuning.NONE,
        OS,
        Lifecycle.DEFAULT,
        Features.NONE,
        IdMap.NONE,
        SharedNamespaces.NONE,
        List.of(),
        Optional.empty(),
        filesystems,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Autostart.OFF,
        ShutdownPolicy.DEFAULT,
        CheckpointDefaults.NONE,
        Origin.NONE);
  }

  private static Autostart autostart(Duration time, int retry, Duration delay) {
    return new Autostart(true, 0, time, retry, delay, List.of(), List.of(), Optional.empty());
  }

  private static BackingStore.Image image(
      ImageFormat format, Optional<BackingStore.Image> backing) {
    return new BackingStore.Image(Path.of("/i"), format, Optional.empty(), backing, Origin.NONE);
  }

  private static DynamicTest refused(String what, Executable make) {
    return DynamicTest.dynamicTest(what, () -> assertThrows(IllegalArgumentException.class, make));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return Stream.of(
        refused("a bad name", () -> domain("a/b", 1, 1, 1, List.of())),
        refused("no memory", () -> domain("a", 0, 1, 1, List.of())),
        refused("no current memory", () -> domain("a", 1, 0, 1, List.of())),
        refused("no processor", () -> domain("a", 1, 1, 0, List.of())),
        refused("no init", () -> os("")),
        refused("a negative port", () -> new ConsoleDef("pty", "lxc", -1)),
        refused("a negative line", () -> new Origin("f", -1, 0, "")),
        refused("a negative column", () -> new Origin("f", 0, -1, "")),
        refused("a negative id", () -> new IdMap.Range(-1, 0, 1)),
        refused("a negative host id", () -> new IdMap.Range(0, -1, 1)),
        refused("an empty range", () -> new IdMap.Range(0, 0, 0)),
        refused("guest ids too high", () -> new IdMap.Range(0xFFFF_FFFFL, 0, 1)),
        refused("host ids too high", () -> new IdMap.Range(0, 0xFFFF_FFFEL, 2)),
        refused(
            "no layers", () -> new OverlayChain(Optional.empty(), List.of(), OverlayOptions.NONE)),
        refused("an unknown option", () -> new OverlayOptions(new TreeMap<>(Map.of("nfs", "on")))),
        refused(
            "raw with a backing file",
            () -> image(ImageFormat.RAW, Optional.of(image(ImageFormat.RAW, Optional.empty())))),
        refused("memory without a size", () -> new Filesystem.Ram(ROOT, 0)),
        refused("a negative time", () -> autostart(Duration.ofSeconds(-1), 0, Duration.ZERO)),
        refused("a negative retry", () -> autostart(Duration.ZERO, -1, Duration.ZERO)),
        refused("a negative delay", () -> autostart(Duration.ZERO, 0, Duration.ofNanos(-1))),
        refused("no such signal", () -> new ShutdownPolicy("SIGNONE", Duration.ZERO)),
        refused("a negative timeout", () -> new ShutdownPolicy("TERM", Duration.ofSeconds(-1))));
  }

  @Test
  void theBoundsThemselvesAreFine() {
    assertDoesNotThrow(() -> new IdMap.Range(0xFFFF_FFFEL, 0, 1));
    assertDoesNotThrow(() -> new IdMap.Range(0, 0, 0xFFFF_FFFFL));
    assertDoesNotThrow(() -> domain("a", 1, 1, 1, List.of()));
    assertDoesNotThrow(
        () -> image(ImageFormat.QCOW2, Optional.of(image(ImageFormat.RAW, Optional.empty()))));
  }

  /** Every component of every record is there: absence is an Optional. */
  @TestFactory
  Stream<DynamicTest> nothingIsNull() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "place", () -> nulls(() -> new Filesystem.Mount(null, Path.of("/")))),
        DynamicTest.dynamicTest("source", () -> nulls(() -> new Filesystem.Mount(ROOT, null))),
        DynamicTest.dynamicTest("bind", () -> nulls(() -> new Filesystem.Bind(ROOT, null))),
        DynamicTest.dynamicTest("device", () -> nulls(() -> new Filesystem.Block(ROOT, null))),
        DynamicTest.dynamicTest(
            "image", () -> nulls(() -> new Filesystem.Image(ROOT, Path.of("/"), null))),
        DynamicTest.dynamicTest("chain", () -> nulls(() -> new Filesystem.Overlay(ROOT, null))),
        DynamicTest.dynamicTest("path", () -> nulls(() -> new GuestPath(null))),
        DynamicTest.dynamicTest(
            "layer", () -> nulls(() -> new BackingStore.Directory(null, Origin.NONE))),
        DynamicTest.dynamicTest(
            "origin", () -> nulls(() -> new BackingStore.Directory(Path.of("/"), null))),
        DynamicTest.dynamicTest(
            "upper", () -> nulls(() -> new OverlayChain.Upper(null, Path.of("/"), Origin.NONE))),
        DynamicTest.dynamicTest("state", () -> nulls(() -> new Condition(null, Optional.empty()))),
        DynamicTest.dynamicTest(
            "reason", () -> nulls(() -> new Condition(DomainState.RUNNING, null))),
        DynamicTest.dynamicTest("message", () -> nulls(() -> new OperationFailedException(null))));
  }

  private static void nulls(Executable make) {
    assertThrows(NullPointerException.class, make);
  }

  @Test
  void listsAreCopied() {
    List<Filesystem> filesystems = new ArrayList<>();
    DomainDef domain = domain("a", 1, 1, 1, filesystems);
    filesystems.add(new Filesystem.Mount(ROOT, Path.of("/srv")));
    assertEquals(List.of(), domain.filesystems());
    assertThrows(UnsupportedOperationException.class, () -> domain.filesystems().add(null));
  }

  @Test
  void theRootIsFound() {
    Filesystem root = new Filesystem.Mount(ROOT, Path.of("/srv"));
    assertEquals(root, domain("a", 1, 1, 1, List.of(root)).root());
    assertThrows(IllegalStateException.class, () -> domain("a", 1, 1, 1, List.of()).root());
  }

  @Test
  void anOriginPrintsAsFileAndLine() {
    assertEquals("web.xml:12", new Origin("web.xml", 12, 3, "source").toString());
    assertEquals("", Origin.NONE.toString());
    assertFalse(Origin.NONE.known());
  }

  @Test
  void anIdMapIsPresentWithOneRange() {
    assertFalse(IdMap.NONE.present());
    assertTrue(new IdMap(List.of(), List.of(), true, Origin.NONE).present());
    assertTrue(
        new IdMap(List.of(new IdMap.Range(0, 1, 1)), List.of(), false, Origin.NONE).present());
  }

  @Test
  void optionsHaveDefaultsOfTheirReader() {
    OverlayOptions options = new OverlayOptions(new TreeMap<>(Map.of("index", "on")));
    assertTrue(options.on(OverlayOptions.Name.INDEX));
    assertFalse(options.on(OverlayOptions.Name.METACOPY));
    assertEquals("follow", options.value(OverlayOptions.Name.REDIRECT_DIR, "follow"));
  }

  /** The kernel's numbers, include/uapi/linux/capability.h: 0 to 36, and 37 on libvirt lacks. */
  @Test
  void capabilitiesHaveTheKernelsNumbers() {
    List<Integer> numbers =
        Arrays.stream(Capability.values()).map(Capability::number).sorted().toList();
    assertEquals(numbers.stream().distinct().toList(), numbers);
    assertEquals(0, numbers.getFirst());
    assertEquals(36, numbers.getLast());
    assertEquals(37, numbers.size());
    assertEquals("CAP_SYS_ADMIN", Capability.SYS_ADMIN.kernelName());
    assertEquals("sys_admin", Capability.SYS_ADMIN.xmlName());
  }
}
