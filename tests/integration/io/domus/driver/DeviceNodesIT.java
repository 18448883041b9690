// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks and host devices are nodes that the guest can use as far as its definition says. */
class DeviceNodesIT {
  private static final String CONTENT = "what the disk holds";

  @RegisterExtension final Site site = new Site();

  private Path image() throws Exception {
    Path image = site.path("disk.img");
    Files.write(image, CONTENT.getBytes(StandardCharsets.UTF_8));
    Host.run("truncate", "--size=1M", image.toString());
    return image;
  }

  private String read(String device) throws Exception {
    return site.output("web", "/bin/sh", "-c", "head -c " + CONTENT.length() + " " + device);
  }

  private int write(String device) throws Exception {
    return site.exec("web", "/bin/sh", "-c", "echo new 2>/dev/null >" + device).exit();
  }

  @Test
  void blockDisk() throws Exception {
    Path image = image();
    String device = Host.run("losetup", "--find", "--show", image.toString()).strip();
    try {
      site.start(
          DomainXml.named("web")
              .device("<disk type='block'><source dev='" + device + "'/><target dev='vda'/></disk>")
              .root(site.tree("tree")));
      assertEquals(CONTENT, read("/dev/vda"));
      assertEquals(0, write("/dev/vda"));
      site.destroy("web");
    } finally {
      Host.run("losetup", "--detach", device);
    }
    assertTrue(Files.readString(image).startsWith("new\n"), "what was written has arrived");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imageFile(boolean readonly) throws Exception {
    Path image = image();
    site.define(
        DomainXml.named("web")
            .device(
                "<disk type='file'><source file='%s'/><target dev='vda'/>%s</disk>"
                    .formatted(image, readonly ? "<readonly/>" : ""))
            .root(site.tree("tree")));
    site.start("web");
    site.destroy("web");
    MachineState before = MachineState.of(site);
    site.start("web");
    assertEquals(CONTENT, read("/dev/vda"));
    int status = write("/dev/vda");
    site.destroy("web");
    if (readonly) {
      assertNotEquals(0, status);
      before.assertUnchanged("a run with a disk");
    } else {
      assertEquals(0, status);
      assertTrue(Files.readString(image).startsWith("new\n"), "what was written has arrived");
    }
  }

  @Test
  void characterDevice() throws Exception {
    String device =
        "<hostdev mode='capabilities' type='misc'><source><char>%s</char></source></hostdev>";
    site.start(
        DomainXml.named("web").device(device.formatted("/dev/fuse")).root(site.tree("tree")));
    assertEquals("", site.output("web", "/bin/sh", "-c", "test -c /dev/fuse && : <>/dev/fuse"));
    site.destroy("web");
  }

  @Test
  void otherDevicesStayShut() throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    assertNotEquals(0, site.exec("web", "/bin/sh", "-c", "test -c /dev/fuse").exit());
    site.destroy("web");
  }

  @Test
  void missingDevice() throws Exception {
    site.define(
        DomainXml.named("web")
            .device("<disk type='block'><source dev='/dev/absent'/><target dev='vda'/></disk>")
            .root(site.tree("tree")));
    DomainException refused = assertThrows(DomainException.class, () -> site.start("web"));
    assertTrue(refused.getMessage().contains("'/dev/absent' not found"), refused.getMessage());
  }
}
