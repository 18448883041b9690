// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Domains of an ordinary user that come and go with the session, by the words of the service that
 * does it.
 */
class SessionAutostartIT {
  private static final Path UNIT =
      Path.of(System.getProperty("domus.checkout"), "conf/systemd/user/domus-autostart.service");

  private static final String DOMUS = "/usr/local/bin/domus -c lxc:///session ";

  private OrdinaryUser ada;

  @BeforeEach
  void user() throws Exception {
    ada = OrdinaryUser.make();
  }

  @AfterEach
  void end() throws Exception {
    ada.close();
  }

  /** What the service runs, after the command and the session's name. */
  private static String[] words(String setting) throws Exception {
    for (String line : Files.readAllLines(UNIT)) {
      int at = line.indexOf(DOMUS);
      if (line.startsWith(setting + "=") && at > 0) {
        return line.substring(at + DOMUS.length()).split(" ;;", 2)[0].split(" ", -1);
      }
    }
    throw new AssertionError(UNIT + " has no " + setting + " that runs " + DOMUS);
  }

  private void define(String name, String autostart) throws Exception {
    Path base = ada.tree(name + "/base");
    ada.define(
        DomainXml.named(name)
            .script(
                "trap 'echo over >/over; exit 0' TERM;"
                    + " cut -d. -f1 /proc/uptime >>/starts; while :; do sleep 0.05; done")
            .with(autostart)
            .device(
                Filesystems.overlay(
                    ada.directory(name + "/upper"),
                    ada.directory(name + "/work"),
                    "/",
                    Filesystems.directory(base))));
  }

  private List<String> running() throws Exception {
    return new ArrayList<>(
        ada.ok("list", "--name").lines().filter(line -> !line.isBlank()).toList());
  }

  private int starts(String name) throws Exception {
    Path file = ada.home().resolve(name + "/upper/starts");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void begin() throws Exception {
    ada.ok(words("ExecStart"));
  }

  private void leave() throws Exception {
    ada.ok(words("ExecStopPost"));
  }

  @Test
  void comeAndGoWithTheSession() throws Exception {
    define("db", "<autostart enabled='yes'><ready type='path' value='/starts'/></autostart>");
    define("web", "<autostart enabled='yes' priority='9'><after domain='db'/></autostart>");
    define("off", "");
    begin();
    assertEquals(List.of("db", "web"), running());
    ada.ok("destroy", "web");
    begin();
    assertEquals(List.of("db"), running(), "once, however often the service is restarted");
    ada.ok("start", "web");
    leave();
    assertEquals(List.of(), running());
    assertEquals("shut off (shutdown)\n", ada.ok("domstate", "web", "--reason"));
    for (String name : List.of("db", "web")) {
      assertTrue(Files.exists(ada.home().resolve(name + "/upper/over")), name + " was asked");
    }
    assertEquals(0, starts("off"));
  }

  /** Nobody is left when a session ends: what held its namespaces, and its directory, are gone. */
  @Test
  void beginAgainInTheNextSession() throws Exception {
    define("web", "<autostart enabled='yes'/>");
    begin();
    leave();
    ada.endPause();
    Host.run("rm", "-rf", ada.runtime().toString());
    Host.run(
        "install", "-d", "-m", "700", "-o", ada.name(), "-g", ada.name(), ada.runtime().toString());
    begin();
    assertEquals(List.of("web"), running());
    Await.until("a second start", () -> starts("web") == 2);
  }
}
