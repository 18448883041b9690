// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operations at the same time, of many domains and of one. */
class ParallelIT {
  private static final int DOMAINS = 20;
  private static final int RACES = 4;

  @RegisterExtension final Site site = new Site();

  @RegisterExtension final Site other = new Site();

  @Test
  void twoProcessesStartOneDomain() throws Exception {
    site.define(DomainXml.named("web").root(site.tree("tree")));
    for (int race = 0; race < RACES; race++) {
      List<Process> racers = List.of(launch("start", "web"), launch("start", "web"));
      List<String> ends = new ArrayList<>();
      for (Process racer : racers) {
        String printed =
            new String(racer.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ends.add(racer.waitFor() + " " + printed);
      }
      ends.sort(null);
      assertEquals(
          List.of(
              "0 Domain 'web' started",
              "1 error: cannot start domain 'web': domain is already running"),
          ends);
      assertEquals("running", site.state("web"));
      assertEquals(1, site.processes().stream().filter(line -> line.contains("conmon")).count());
      site.destroy("web");
    }
  }

  @Test
  void manyDomains() throws Exception {
    Path base = site.tree("base");
    Path raw = Shape.ext4(site);
    Path qcow = site.path("disk.qcow2");
    Host.run("qemu-img", "convert", "-O", "qcow2", raw.toString(), qcow.toString());
    List<String> names = new ArrayList<>();
    for (int number = 0; number < DOMAINS; number++) {
      String name = "many" + number;
      String store =
          switch (number % 4) {
            case 0 -> Filesystems.imageStore(qcow, "qcow2");
            case 1 -> Filesystems.imageStore(raw, "raw");
            default -> Filesystems.directory(base);
          };
      site.define(
          DomainXml.named(name)
              .device(
                  Filesystems.overlay(
                      site.empty("u" + number), site.empty("w" + number), "/", store)));
      names.add(name);
    }
    List<String> mounts = Host.mounts();
    AtOnce.run(names, DOMAINS, site::start);
    for (DomainView.Summary summary : new DomainView(site.driver()).all()) {
      assertEquals("running", summary.condition().toString(), summary.name());
    }
    AtOnce.run(
        names, DOMAINS, name -> site.output(name, "sh", "-c", "echo $LIBVIRT_LXC_NAME >/name"));
    for (int number = 0; number < DOMAINS; number++) {
      assertEquals(names.get(number) + "\n", Files.readString(site.path("u" + number + "/name")));
      Files.delete(site.path("u" + number + "/name"));
    }
    assertEquals(mounts, Host.mounts());
    AtOnce.run(names, DOMAINS, site::destroy);
    assertEquals(List.of(), Host.loops(site.directory()));
    names.forEach(name -> assertEquals("shut off (destroyed)", site.state(name)));
    AtOnce.run(names, DOMAINS, site::start);
    AtOnce.run(names, DOMAINS, site::destroy);
  }

  @Test
  void oneNameInTwoRoots() throws Exception {
    site.start(DomainXml.named("web").script("echo first; sleep 9999").root(site.tree("tree")));
    other.start(DomainXml.named("web").script("echo second; sleep 9999").root(other.tree("tree")));
    site.output("web", "sh", "-c", "echo first >/who");
    other.output("web", "sh", "-c", "echo second >/who");
    assertEquals("first\n", Files.readString(site.path("tree/who")));
    assertEquals("second\n", Files.readString(other.path("tree/who")));
    new PauseOperation(site.driver()).suspend("web");
    assertEquals("paused", site.state("web"));
    assertEquals("running", other.state("web"));
    site.destroy("web");
    assertEquals("running", other.state("web"));
    assertEquals("second\n", other.output("web", "cat", "/who"));
    new UndefineOperation(site.driver()).run("web");
    assertEquals(List.of(), new DomainView(site.driver()).all());
    KilledProcessIT.kill(other.record("web").init().orElseThrow());
    Await.until(() -> other.state("web"), () -> other.state("web").contains("signal"));
    assertEquals(List.of(), new DomainView(site.driver()).all());
  }

  private Process launch(String... words) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.add(System.getProperty("domus.checkout") + "/domus");
    argv.addAll(List.of("-c", "lxc:///embed?root=" + site.root()));
    argv.addAll(List.of(words));
    return new ProcessBuilder(argv).redirectErrorStream(true).start();
  }
}
