// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.compiler.GuestFile;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestFileProbeTest {
  private static final String INTERFACE = "<interface type='ethernet'/>";

  @TempDir private Path directory;

  private static Map<String, GuestFile> files(String... devices) {
    return mapped("", devices);
  }

  private static Map<String, GuestFile> mapped(String idmap, String... devices) {
    String text =
        "<domain type='lxc'><name>a</name><memory>1</memory>"
            + idmap
            + "<os><type>exe</type><init>/i</init></os><devices>"
            + String.join("", devices)
            + "</devices></domain>";
    return GuestFileProbe.files(
        new DomainReader()
            .read(XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))
            .orThrow());
  }

  private Path layer(String name, String hosts) throws IOException {
    Path etc = Files.createDirectories(directory.resolve(name + "/etc"));
    Files.writeString(etc.resolve("hosts"), hosts);
    return directory.resolve(name);
  }

  private String overlay(String... lowers) throws IOException {
    StringBuilder text = new StringBuilder("<filesystem type='overlay'>");
    for (String own : new String[] {"upper", "work"}) {
      Path made = Files.createDirectories(directory.resolve(own));
      text.append("<source dir='").append(made).append("'/>");
    }
    for (String lower : lowers) {
      text.append("<backingStore type='dir'><source dir='");
      text.append(directory.resolve(lower)).append("'/></backingStore>");
    }
    return text + "<target dir='/'/></filesystem>";
  }

  private static String root(Path tree) {
    return "<filesystem><source dir='" + tree + "'/><target dir='/'/></filesystem>";
  }

  @Test
  void aTreeHasItEmptyOrOfItsOwnOrNotAtAll() throws IOException {
    assertEquals(
        Map.of("/etc/hosts", GuestFile.OWN, "/etc/resolv.conf", GuestFile.MISSING),
        files(root(layer("full", "127.0.0.1 x\n")), INTERFACE));
    Path empty = layer("empty", "");
    Files.createSymbolicLink(empty.resolve("etc/resolv.conf"), Path.of("../run/nowhere"));
    assertEquals(
        Map.of("/etc/hosts", GuestFile.EMPTY, "/etc/resolv.conf", GuestFile.OWN),
        files(root(empty), INTERFACE));
  }

  @Test
  void theTopmostLayerThatHasItCounts() throws IOException {
    layer("full", "127.0.0.1 x\n");
    layer("empty", "");
    assertEquals(GuestFile.EMPTY, files(overlay("empty", "full"), INTERFACE).get("/etc/hosts"));
    assertEquals(GuestFile.OWN, files(overlay("full", "empty"), INTERFACE).get("/etc/hosts"));
  }

  private static String idmap(long uid, long gid) {
    return "<idmap><uid start='0' target='%d' count='9'/><gid start='0' target='%d' count='9'/></idmap>"
        .formatted(uid, gid);
  }

  /** Ids of the definition's own, and a tree that may be another's. */
  @Test
  void aTreeOfOthersIsClosed() throws IOException {
    Path tree = layer("tree", "");
    long uid = ((Number) Files.getAttribute(tree, "unix:uid")).longValue();
    long gid = ((Number) Files.getAttribute(tree, "unix:gid")).longValue();
    String resolver = "/etc/resolv.conf";
    for (String devices : new String[] {root(tree), overlay("tree")}) {
      for (var expected :
          Map.of(
                  idmap(uid, gid), GuestFile.MISSING,
                  idmap(uid, gid + 100), GuestFile.MISSING,
                  idmap(uid + 100, gid), GuestFile.CLOSED,
                  idmap(uid + 100, gid + 100), GuestFile.CLOSED)
              .entrySet()) {
        Map<String, GuestFile> found = mapped(expected.getKey(), devices, INTERFACE);
        assertEquals(expected.getValue(), found.get(resolver), expected.getKey());
      }
    }
  }

  @Test
  void whatTheDefinitionMountsThereIsItsOwn() throws IOException {
    Path tree = layer("tree", "");
    String mount = "<filesystem><source dir='/s'/><target dir='/etc/hosts'/></filesystem>";
    assertEquals(
        Map.of("/etc/resolv.conf", GuestFile.MISSING), files(root(tree), mount, INTERFACE));
    String etc = "<filesystem><source dir='/s'/><target dir='/etc'/></filesystem>";
    assertEquals(Map.of(), files(root(tree), etc, INTERFACE));
    assertEquals(Map.of(), files(root(tree)));
  }
}
