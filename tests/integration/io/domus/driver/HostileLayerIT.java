// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.archive.LayerDelta;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be said is refused, what may do harm is, and other readers agree on the rest. */
class HostileLayerIT {
  @RegisterExtension final Site site = new Site();

  private LayerDelta delta() throws IOException {
    return new LayerDelta(Site.SYSCALLS, new ProcessCommandRunner(site.path("scratch")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ": >.wh.a | .wh.a has a name by which an OCI layer would say that another is gone",
        "mkdir -p a/.wh.b | .wh.b has a name by which an OCI layer would say",
        "mkdir a; setfattr -n trusted.overlay.redirect -v /b a | has trusted.overlay.redirect=",
        ": >a; setfattr -n trusted.overlay.metacopy a | has trusted.overlay.metacopy=",
        "mkdir a; setfattr -n trusted.overlay.opaque -v x a | has trusted.overlay.opaque=",
        "mkdir a; setfattr -n user.overlay.opaque -v y a | has user.overlay.opaque=",
        "mkfifo a; ln a b | b is a hard link to a FIFO or device"
      })
  void isNotWrittenWhereItCannotBeSaid(String script, String message) throws Exception {
    Path layer = site.empty("layer");
    Host.script("cd \"$1\"\n" + script, layer.toString());
    Path tar = site.path("layer.tar");
    IOException fault = assertThrows(IOException.class, () -> delta().write(layer, tar));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
    assertFalse(Files.exists(tar));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ln -s \"$2\" a; tar -cf \"$1\" a; rm a; mkdir a; : >a/b; tar -rf \"$1\" a/b | lies beneath"
            + " 'a'",
        ": >a; tar -cPf \"$1\" \"$PWD/a\" | an absolute name",
        "mkdir a; : >b; cd a; tar -cPf \"$1\" ../b | a name that leads upwards",
        "mknod a b 8 0; tar -cf \"$1\" a | a device node, 8:0",
        "mknod a c 0 0; tar -cf \"$1\" a | a device 0:0",
        "truncate -s 1M a; tar -cSf \"$1\" --format=gnu a | is of an unknown type: 83",
        ": >a; tar -cf \"$1\" --format=v7 a | a tar of a kind that is not understood"
      })
  void isNotUnpackedWhereItMayDoHarm(String script, String message) throws Exception {
    Path outside = site.empty("outside");
    Path tar = site.path("layer.tar");
    Host.script(
        "cd \"$3\"\n" + script,
        tar.toString(),
        outside.toString(),
        site.empty("scripts").toString());
    Path layer = site.path("layer");
    IOException fault = assertThrows(IOException.class, () -> delta().apply(tar, layer, false));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
    assertFalse(Files.exists(layer));
    assertEquals("", Host.run("ls", "-A", outside.toString()));
  }

  /** Markers first, then what is there. */
  @Test
  void isWhatOthersRead() throws Exception {
    Path layer = site.empty("layer");
    Host.script(
        """
        cd "$1"; mkdir d o; mknod d/gone c 0 0; echo x >o/x; setfattr -n user.a -v b o/x
        setfattr -n trusted.overlay.opaque -v y o; mknod o/nothing c 0 0; mknod top c 0 0
        """,
        layer.toString());
    Path tar = site.path("layer.tar");
    delta().write(layer, tar);
    assertEquals(
        "./o/.wh..wh..opq\n./d/.wh.gone\n./.wh.top\n./\n./d/\n./o/\n./o/x",
        Host.run("tar", "-tf", tar.toString()));
    assertEquals("", Host.script("ls -A \"$1\" | grep names || true", site.directory().toString()));
  }

  @Test
  void isLeftAloneUnlessItIsEmpty() throws Exception {
    Path layer = site.empty("layer");
    Path tar = site.path("layer.tar");
    delta().write(layer, tar);
    delta().apply(tar, layer, false);
    Files.writeString(layer.resolve("a"), "kept");
    assertThrows(IOException.class, () -> delta().apply(tar, layer, false));
    assertEquals("kept", Files.readString(layer.resolve("a")));
  }
}
