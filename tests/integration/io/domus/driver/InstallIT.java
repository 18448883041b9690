// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code domus install} makes runs, and so does the init script that comes with it. */
class InstallIT {
  private static final Path CHECKOUT = Path.of(System.getProperty("domus.checkout"));

  @RegisterExtension final Site site = new Site();

  private Ran run(String program, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.command().addAll(List.of(words));
    builder.environment().put("DOMUS_URI", "lxc:///embed?root=" + site.root());
    Path errors = site.path("scratch/install-errors");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    return new Ran(process.waitFor(), out, Files.readString(errors));
  }

  private Ran install(String... words) throws Exception {
    String[] all = Stream.concat(Stream.of("install"), Stream.of(words)).toArray(String[]::new);
    return run(CHECKOUT.resolve("domus").toString(), all);
  }

  private String prefix() {
    return site.path("prefix").toString();
  }

  private List<String> releases() throws Exception {
    try (Stream<Path> all = Files.list(site.path("prefix/lib"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("domus-") || name.startsWith("."))
          .toList();
    }
  }

  @Test
  void whatIsInstalledRuns() throws Exception {
    Ran rehearsal = install("--prefix", prefix(), "--dry-run");
    assertEquals(0, rehearsal.exit(), rehearsal.stderr());
    assertFalse(Files.exists(site.path("prefix")), "nothing is done");
    Ran ran = install("--prefix", prefix());
    assertEquals("0 ", ran.exit() + " " + ran.stderr());
    for (String line : rehearsal.stdout().split("\n")) {
      if (line.startsWith("would install ")) {
        Path file = Path.of(line.substring("would install ".length()));
        assertTrue(Files.exists(file), line);
      }
    }
    String unit = Files.readString(site.path("prefix/lib/systemd/system/domus-autostart.service"));
    assertTrue(unit.contains("ExecStart=" + prefix() + "/bin/domus start -a --boot"), unit);
    Files.writeString(site.path("prefix/etc/domus/domus.conf"), "autostart = yes\n");
    String domus = prefix() + "/bin/domus";
    Batch batch = new Batch(site);
    batch.define("web", "<autostart enabled='yes'/>");
    // By the init script, which tells of the start and of its like on the way down.
    String script = prefix() + "/etc/init.d/domus-autostart";
    assertEquals("0 ", started(run(script, "start")));
    assertEquals("running", site.state("web"));
    int init = site.init("web");
    assertEquals("0 ", started(run(script, "restart")));
    assertEquals(init, site.init("web"), "domains go on");
    assertEquals(2, run(script, "bad").exit());

    List<String> before = releases();
    assertEquals(1, before.size(), before::toString);
    assertEquals("0 ", started(install("--prefix=" + prefix())));
    assertEquals(1, releases().size(), () -> releasesText());
    assertTrue(!releases().equals(before), "it is another one");
    assertEquals(
        "autostart = yes\n",
        Files.readString(site.path("prefix/etc/domus/domus.conf")),
        "settings are left alone");
    assertEquals(0, run(domus, "exec", "web", "--", "true").exit());
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    // Its monitor runs what lay in the first release.
    Await.until(() -> site.state("web"), () -> site.state("web").equals("crashed (signal 9)"));
    assertEquals(0, run(domus, "start", "web").exit());
    assertEquals("0 ", started(run(script, "stop")));
    assertEquals("shut off (shutdown)", site.state("web"));
  }

  private String releasesText() {
    try {
      return releases().toString();
    } catch (Exception failure) {
      return failure.toString();
    }
  }

  private static String started(Ran ran) {
    return ran.exit() + " " + ran.stderr();
  }

  @Test
  void aReleaseThatDoesNotRunIsNobodys() throws Exception {
    assertEquals(0, install("--prefix", prefix()).exit());
    List<String> before = releases();
    Path copy = site.path("broken");
    Host.run("cp", "-a", prefix() + "/lib/" + before.getFirst(), copy.toString());
    Files.writeString(copy.resolve("schemas/domain.xsd"), "not read from here");
    try (Stream<Path> jars = Files.list(copy.resolve("target/lib"))) {
      for (Path jar : jars.filter(path -> path.toString().contains("woodstox")).toList()) {
        Files.write(jar, "no jar".getBytes(StandardCharsets.UTF_8));
      }
    }
    Ran ran = run(copy.resolve("domus").toString(), "install", "--prefix", prefix());
    assertEquals(1, ran.exit());
    assertTrue(
        ran.stderr().endsWith("what was installed does not run; nothing has been changed\n"),
        ran.stderr());
    assertEquals(before, releases());
    assertEquals(0, run(prefix() + "/bin/domus", "version").exit());
  }

  @Test
  void whatIsInTheWayIsTold() throws Exception {
    assertEquals(2, install().exit());
    assertEquals(2, install("--prefix").exit());
    Files.createDirectories(site.path("prefix/lib/domus"));
    Ran ran = install("--prefix", prefix());
    assertEquals(1, ran.exit());
    assertTrue(ran.stderr().contains("lib/domus is in the way"), ran.stderr());
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(site.path("prefix"))) {
      return all.filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
          .map(path -> site.path("prefix").relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private Ran uninstall(String... words) throws Exception {
    String[] all = Stream.concat(Stream.of("uninstall"), Stream.of(words)).toArray(String[]::new);
    return run(prefix() + "/bin/domus", all);
  }

  /** Of what was installed nothing is left, and of what was not nothing is gone. */
  @Test
  void whatIsInstalledIsRemoved() throws Exception {
    assertEquals("0 ", started(install("--prefix", prefix())));
    Files.createDirectories(site.path("prefix/share/doc/other"));
    Files.writeString(site.path("prefix/share/doc/other/README"), "another's");
    Files.writeString(site.path("prefix/lib/domus.txt"), "another's");
    List<String> before = files();
    Ran rehearsal = uninstall("--dry-run");
    assertEquals("0 ", started(rehearsal));
    assertEquals(before, files(), "nothing is done");
    for (String file :
        List.of(
            "bin/domus",
            "lib/domus",
            "lib/" + releases().getFirst(),
            "lib/systemd/system/domus@.service",
            "lib/systemd/user/domus-watchdog.service",
            "etc/init.d/domus-autostart",
            "share/doc/domus/docs/reference.md")) {
      assertTrue(
          rehearsal.stdout().lines().anyMatch(("would remove " + prefix() + "/" + file)::equals),
          rehearsal.stdout());
    }
    String conf = prefix() + "/etc/domus/domus.conf";
    assertTrue(rehearsal.stdout().contains("would leave " + conf + "\n"), rehearsal.stdout());

    Ran ran = uninstall();
    assertEquals("0 ", started(ran));
    assertTrue(ran.stdout().contains("left " + conf + "\n"), ran.stdout());
    assertEquals(
        List.of("etc/domus/domus.conf", "lib/domus.txt", "share/doc/other/README"), files());
    assertFalse(Files.exists(site.path("prefix/share/doc/domus")), "an empty directory");
    Ran again = run(CHECKOUT.resolve("domus").toString(), "uninstall", "--prefix", prefix());
    assertEquals(
        "1 domus uninstall: nothing is installed below " + prefix() + "\n", started(again));
  }

  @Test
  void notBeneathAGuest() throws Exception {
    assertEquals("0 ", started(install("--prefix", prefix())));
    new Batch(site).define("web", "<autostart enabled='yes'/>");
    String script = prefix() + "/etc/init.d/domus-autostart";
    assertEquals("3 no domain of Domus runs\n", status(run(script, "status")), "as LSB has it");
    assertEquals(0, run(prefix() + "/bin/domus", "start", "web").exit());
    Ran running = run(script, "status");
    assertEquals(0, running.exit());
    assertTrue(running.stdout().contains("web"), running.stdout());
    List<String> before = files();
    Ran refused = uninstall();
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("end all guests first"), refused.stderr());
    assertEquals(before, files());
    assertEquals(0, run(prefix() + "/bin/domus", "destroy", "web").exit());
    Await.until("its monitor's end", () -> uninstall("--dry-run").exit() == 0);
    assertEquals("0 ", started(uninstall()));
    assertFalse(Files.exists(site.path("prefix/lib/domus")));
  }

  /** Whatever would be started with the host is to be there then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/systemd/system/multi-user.target.wants/domus-autostart.service"
            + " | lib/systemd/system/domus-autostart.service"
            + " | systemctl disable domus-autostart.service",
        "/etc/systemd/system/multi-user.target.wants/domus@web.service"
            + " | lib/systemd/system/domus@.service | systemctl disable domus@web.service",
        "/etc/systemd/user/default.target.wants/domus-watchdog.service"
            + " | lib/systemd/user/domus-watchdog.service"
            + " | systemctl --user disable domus-watchdog.service",
        "/etc/rc3.d/S20domus-autostart | etc/init.d/domus-autostart"
            + " | update-rc.d -f domus-autostart remove",
      })
  void notWhileAUnitIsEnabled(String link, String unit, String way) throws Exception {
    assertEquals("0 ", started(install("--prefix", prefix())));
    Path enabling = Path.of(link);
    Files.createDirectories(enabling.getParent());
    Files.createSymbolicLink(enabling, site.path("prefix/" + unit));
    try {
      List<String> before = files();
      Ran refused = uninstall();
      assertEquals(
          "1 domus uninstall: %s/%s is enabled by %s: '%s' first\n"
              .formatted(prefix(), unit, link, way),
          started(refused));
      assertEquals(before, files());
    } finally {
      Files.delete(enabling);
    }
    assertEquals("0 ", started(uninstall()));
  }

  private static String status(Ran ran) {
    return ran.exit() + " " + ran.stdout();
  }

  /** The init script is configuration. */
  @Test
  void aChangedInitScriptIsKept() throws Exception {
    assertEquals("0 ", started(install("--prefix", prefix())));
    Path script = site.path("prefix/etc/init.d/domus-autostart");
    Path aside = site.path("prefix/etc/domus/domus-autostart.new");
    String own = Files.readString(script);
    String changed = own.replace("Should-Stop: ", "Should-Stop: slapd ");
    Files.writeString(script, changed);
    Ran again = install("--prefix", prefix());
    assertEquals(
        "0 domus install: "
            + script
            + " has been changed, and is left as it is; the new one is "
            + aside
            + "\n",
        started(again));
    assertEquals(changed, Files.readString(script));
    assertEquals(own, Files.readString(aside));
    Ran ran = uninstall();
    assertEquals("0 ", started(ran));
    assertTrue(
        ran.stdout().contains("left " + script + ", which somebody has changed\n"), ran.stdout());
    assertEquals(List.of("etc/domus/domus.conf", "etc/init.d/domus-autostart"), files());
  }
}
