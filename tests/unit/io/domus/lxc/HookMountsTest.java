// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OverlayChain;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts of {@code lxc.hook.pre-mount} make of the root. */
class HookMountsTest {
  private static final String OVERLAY =
      "mount -t overlay -oupperdir=/u,lowerdir=/l,workdir=/w none /r\n";

  private static Conversion convert(String root, String script) {
    return new FilesOfTest()
        .with("/h", "#!/bin/sh\n" + script)
        .convert("lxc.rootfs = " + root + "\nlxc.hook.pre-mount = /h\n");
  }

  private static String root(Conversion conversion) {
    return switch (conversion.domain().root()) {
      case Filesystem.Mount mount -> mount.source().toString();
      case Filesystem.Overlay overlay -> text(overlay.chain());
      case Filesystem other -> other.toString();
    };
  }

  /** {@code upper(lower lower)}. */
  private static String text(OverlayChain chain) {
    return chain.upper().map(upper -> upper.directory().toString()).orElse("")
        + chain.lowers().stream()
            .map(HookMountsTest::text)
            .collect(Collectors.joining(" ", "(", ")"));
  }

  private static String text(BackingStore store) {
    return switch (store) {
      case BackingStore.Directory directory -> directory.path().toString();
      case BackingStore.Overlay inner -> text(inner.chain());
      case BackingStore.Image _, BackingStore.Block _ -> store.toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "mount -t overlay -oupperdir=/u,lowerdir=/l none /r @ /u(/l)",
        "/bin/mount -n -t overlay -o lowerdir=/l,upperdir=/u none '/r/' @ /u(/l)",
        "U=/u; mount -t overlay -o lowerdir=/l,upperdir=$U none /r @ /r",
        "mount -t overlay -o lowerdir=/a:/b none /r @ (/a /b)",
        "mount -t aufs -o br=/u=rw:/l=ro+wh,noplink none /r @ /u(/l)",
        "mount -t aufs -o br=/a=ro:/l=ro none /r @ /r",
        "mount --bind /s /r @ /s",
        "mount -B /s /elsewhere @ /r",
        "mount -t tmpfs none /r @ /r",
        "mount -t overlay -o lowerdir=l,upperdir=/u none /r @ /r",
        "mount -t overlay -o lowerdir=/l,upperdir=/u none @ /r",
        "mount -t overlay --target /r -o lowerdir=/l,upperdir=/u @ /r",
        "if true; then mount --bind /s /r; fi @ /r",
        "sudo mount --bind /s /r @ /r",
        "mount --bind /s /r || exit 1 @ /s",
        "mount --bind /s /r && echo ok @ /r",
        "mount --bind $LXC_ROOTFS_PATH/x $LXC_ROOTFS_PATH @ /r/x",
        "mount --bind $(ls) /r @ /r",
      })
  void aMountIsReadOrReported(String command, String expected) {
    Conversion conversion = convert("/r", command + "\n");
    assertEquals(expected, root(conversion));
    boolean converted =
        conversion.report().stream().anyMatch(line -> line.contains("script are converted"));
    boolean lost =
        conversion.report().stream()
            .anyMatch(line -> line.startsWith("config:2: not converted: lxc.hook.pre-mount = /h"));
    assertEquals(!expected.equals("/r"), converted, () -> conversion.report().toString());
    assertEquals(expected.equals("/r"), lost, () -> conversion.report().toString());
  }

  @Test
  void layersAreFoundBehindBindsAndOverlays() {
    String script =
        """
        mount --bind /base /b
        mount -t overlay -o upperdir=/u1,lowerdir=/b none /o1
        mount -t overlay -o upperdir=/u2,lowerdir=/o1:/l none /o2
        mount --bind /o2 /r
        mount --bind /hidden /b
        """;
    assertEquals("/u2(/u1(/base) /l)", root(convert("/r", script)));
    assertEquals("/own(/u2(/u1(/base) /l))", root(convert("overlayfs:/o2:/own", script)));
  }

  @Test
  void aMountOverItsOwnLowerIsNoCircle() {
    String script = "mount -t overlay -o upperdir=/u,lowerdir=/r none /r\n".repeat(2);
    assertEquals("/u(/u(/r))", root(convert("/r", script)));
  }

  @Test
  void layersDoNotDoubleWithoutEnd() {
    String script = "mount -t overlay -o lowerdir=/r:/r none /r\n".repeat(40);
    assertThrows(InvalidDefinitionException.class, () -> convert("/r", script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000\u0001", "\\", "{", "}\nfi\n", "'", "$", "mount", "mount -o"})
  void noScriptIsTooOdd(String script) {
    assertEquals("/r", root(convert("/r", script)));
    assertEquals("/u(/l)", root(convert("/r", OVERLAY + script)));
  }

  @Test
  void behindAnOpenBlockNothingIsRead() {
    assertEquals("/r", root(convert("/r", "f() {\n" + OVERLAY)));
    assertEquals("/u(/l)", root(convert("/r", "f() {\n:\n}\n" + OVERLAY)));
    assertEquals("/r", root(convert("/r", "exit\n" + OVERLAY)));
  }

  @Test
  void restrictionsOfBothMountsHold() {
    Filesystem root =
        new FilesOfTest()
            .with("/h", "#!/bin/sh\nmount -r -o nodev,bind /s /r\n")
            .convert("lxc.rootfs = /r\nlxc.rootfs.options = nosuid\nlxc.hook.pre-mount = /h\n")
            .domain()
            .root();
    assertTrue(root.place().readonly());
    assertTrue(root.place().options().nodev() && root.place().options().nosuid());
  }

  @Test
  void aLayerThatNothingMountsIsTold() {
    FilesOfTest files = new FilesOfTest().with("delta0", LxcFiles.Kind.DIRECTORY);
    String note =
        "config: note: nothing here mounts the layer '/c/delta0', so the domain is without it";
    assertTrue(files.convert("lxc.rootfs = /r\n").report().contains(note));
    List<String> mounted = files.convert("lxc.rootfs = overlayfs:/r:/c/delta0\n").report();
    assertTrue(!mounted.contains(note), mounted::toString);
  }
}
