// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.store.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for networks that nobody has started: they need neither root nor a kernel. */
class NetworksTest {
  private static final String LAB =
      """
      <network>
        <name>lab</name>
        <!-- a remark -->
        <ip address='192.0.2.1' prefix='24'/>
      </network>
      """;

  @TempDir Path root;

  private CommandRun run(String... args) {
    return CommandRun.User.of(root).run(args);
  }

  private CommandRun define(String xml) {
    return CommandRun.User.of(root).typing(xml).run("net-define", "-");
  }

  private StateLayout layout() {
    return new StateLayout(root);
  }

  @Test
  void aDefinitionIsStoredByteForByteAndForgotten() throws IOException {
    assertEquals("Network lab defined from stdin\n", define(LAB).out());
    assertEquals(LAB, Files.readString(layout().network("lab").definition()));
    assertEquals(LAB, run("net-dumpxml", "lab", "--source").out());
    String dumped = run("net-dumpxml", "lab").out();
    assertTrue(dumped.contains("<uuid>") && dumped.contains("<mac address='52:54:00:"), dumped);
    assertEquals(
        """
         Name   State      Autostart   Persistent
        -------------------------------------------
         lab    inactive   no          yes
        """,
        run("net-list", "--all").out());
    assertEquals("Network lab has been undefined\n", run("net-undefine", "lab").out());
    assertFalse(Files.exists(layout().network("lab").variable()));
    assertEquals("error: no network 'lab'\n", run("net-info", "lab").err());
  }

  @Test
  void aSlipOfANameIsNoticed() {
    define(LAB);
    assertEquals("error: no network 'lba', did you mean 'lab'?\n", run("net-info", "lba").err());
    assertEquals("error: no network 'other'\n", run("net-uuid", "other").err());
  }

  @Test
  void whatWasChosenStays() {
    define(LAB);
    String uuid = run("net-uuid", "lab").out().strip();
    String before = run("net-dumpxml", "lab").out();
    define(LAB.replace("a remark", "another"));
    assertEquals(before, run("net-dumpxml", "lab").out());
    assertEquals("lab\n", run("net-name", uuid).out());
    assertEquals(uuid, run("net-list", "--all", "--uuid").out().strip());
  }

  @Test
  void noTwoHaveOneUuidOrBridge() {
    define(LAB.replace("<ip", "<bridge name='b0'/><ip"));
    String uuid = run("net-uuid", "lab").out().strip();
    String other = LAB.replace(">lab<", ">other<");
    assertEquals(
        "error: uuid " + uuid + " already belongs to network 'lab' (stdin:4)\n",
        define(other.replace("<ip", "<uuid>" + uuid + "</uuid><ip")).err());
    assertEquals(
        "error: bridge b0 already belongs to network 'lab' (stdin:4)\n",
        define(other.replace("<ip", "<bridge name='b0'/><ip")).err());
    assertEquals("", run("net-list", "--all", "--name").out().replace("lab\n", ""));
  }

  @Test
  void autostartIsALink() {
    define(LAB);
    assertEquals("Network lab marked as autostarted\n", run("net-autostart", "lab").out());
    assertTrue(Files.isSymbolicLink(layout().networkAutostart("lab")));
    assertEquals("lab\n", run("net-list", "--all", "--autostart", "--name").out());
    assertEquals(
        "Network lab unmarked as autostarted\n", run("net-autostart", "lab", "--disable").out());
    assertEquals("", run("net-list", "--all", "--autostart", "--name").out());
  }

  @Test
  void anUpdateLeavesTheRestAsItIs() throws IOException {
    define(LAB);
    CommandRun run = run("net-update", "lab", "add", "domain", "<domain name='lab.example'/>");
    assertEquals("Updated network lab persistent config\n", run.out(), run.err());
    assertEquals(
        LAB.replace("24'/>\n", "24'/>\n  <domain name='lab.example'/>\n"),
        Files.readString(layout().network("lab").definition()));
    assertEquals(Action.USAGE, run("net-update", "lab", "add", "nothing", "<x/>").status());
    assertEquals(
        "error: network 'lab' is not active\n",
        run(
                "net-update",
                "lab",
                "add",
                "dns-txt",
                "<txt name='a' value='b'/>",
                "--live",
                "--dry-run")
            .err());
  }

  @Test
  void whatDoesNotRunIsNotEnded() {
    define(LAB);
    assertEquals(
        "error: network 'lab' is not active\n", run("net-destroy", "lab", "--dry-run").err());
    assertEquals("error: network 'lab' is not active\n", run("net-dhcp-leases", "lab").err());
  }

  @Test
  void faultsAreToldAndNothingIsStored() {
    CommandRun run = define(LAB.replace("24", "33"));
    assertEquals(Action.FAILED, run.status());
    assertTrue(run.err().startsWith("stdin:4:27: error: "), run.err());
    assertEquals("", run("net-list", "--all", "--name").out());
  }

  @Test
  void eventsAreListedAndWaitedFor() {
    assertEquals("lifecycle\n", run("net-event", "--list").out());
    CommandRun run = run("net-event", "--timeout", "0");
    assertEquals("event loop timed out\nevents received: 0\n", run.out());
    assertEquals(Action.FAILED, run.status());
  }

  @Test
  void theEditorSeesTheStoredBytes() throws IOException {
    define(LAB);
    CommandRun same = CommandRun.User.of(root).with("EDITOR", "true").run("net-edit", "lab");
    assertEquals("Network lab XML configuration not changed\n", same.out(), same.err());
    CommandRun edited =
        CommandRun.User.of(root).with("EDITOR", "sed -i s/remark/note/").run("net-edit", "lab");
    assertEquals("Network lab XML configuration edited\n", edited.out(), edited.err());
    assertEquals(
        LAB.replace("remark", "note"), Files.readString(layout().network("lab").definition()));
  }
}
