// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.BatchOutcome;
import io.domus.driver.BatchOutcome.Result;
import io.domus.store.DomainRecord;
import io.domus.store.StatusStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code -a} says, without a guest: orders, timelines, reports, circles. */
class AllDomainsTest {
  @TempDir Path root;

  private StoredDomains domains;

  @BeforeEach
  void open() {
    domains = new StoredDomains(root);
  }

  private void define(String name, String attributes, String content) {
    domains.define(
        name, "<autostart enabled='yes' %s>%s</autostart>".formatted(attributes, content));
  }

  private void defineThree() {
    define("web", "", "<group>web</group><after domain='db'/>");
    define("db", "priority='-1' time='5'", "<ready type='tcp' value='5432' timeout='20'/>");
    define("dns", "priority='9' time='2'", "");
    domains.define("off", "");
  }

  private String out(String... words) {
    CommandRun run = domains.user().run(words);
    assertEquals("", run.err());
    assertEquals(Action.OK, run.status());
    return run.out();
  }

  @Test
  void aGroupThatNobodyIsIn() {
    defineThree();
    CommandRun run = domains.user().run("start", "-a", "--list", "--group", "wbe,web,");
    assertEquals("warning: no domain is in group 'wbe', did you mean 'web'?\n", run.err());
    assertEquals(Action.OK, run.status());
    assertTrue(run.out().contains("web"), run.out());
  }

  /** Nothing is done, and that is no failure; but who asked for it is told why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start -a --group x | no domain of group 'x' is marked for autostart (a, b are in it but"
            + " not enabled; --all takes them)",
        "shutdown -a --group x | no domain of group 'x' is marked for autostart (a, b are in it but"
            + " not enabled; --all takes them)",
        "start -a --list --group y | no domain of group 'y' is marked for autostart (b is in it but"
            + " not enabled; --all takes it)",
        "reboot -a --group , | no domain without a group is marked for autostart (c is in none but"
            + " not enabled; --all takes it)",
        "destroy -a | no domain is marked for autostart (a, b, c are defined but not enabled; --all"
            + " takes them)",
      })
  void nobodyIsMarked(String words, String warning) {
    domains.define("a", "<autostart><group>x</group></autostart>");
    domains.define("b", "<autostart><group>x</group><group>y</group></autostart>");
    domains.define("c", "");
    boolean rehearsed = words.contains("--list");
    if (!rehearsed && !Session.isRoot()) {
      return;
    }
    CommandRun run = domains.user().run(words.split(" ", -1));
    assertEquals("warning: " + warning + "\n", run.err());
    assertEquals(Action.OK, run.status());
    assertEquals(
        rehearsed ? 2 : 1, run.out().lines().count(), () -> "no table of nothing: " + run.out());
    define("d", "", "<group>x</group>");
    assertEquals("", domains.user().run("start", "-a", "--list", "--group", "x").err());
    assertEquals("", domains.user().run("start", "-a", "--list").err());
    assertEquals("", domains.user().run("start", "-a", "--all", "--list", "--group", "y").err());
  }

  @Test
  void orders() {
    defineThree();
    assertEquals(
        """
         Step   Name   Priority   Wait   Ready            Groups   After
        ------------------------------------------------------------------
         1      dns    9          2 s    running          -        -
         2      db     -1         5 s    tcp 5432, 20 s   -        -
         3      web    0          0 s    running          web      db
        """,
        out("start", "-a", "--list"));
    String stops = out("shutdown", "-a", "--list");
    assertTrue(stops.matches("(?s).* 1 +web .* 2 +db .* 3 +dns .*"), stops);
    assertTrue(out("reboot", "-a", "--list").contains(" 3      web "));
    for (String verb : List.of("shutdown", "destroy", "reboot")) {
      assertEquals(
          """
           Earliest   Latest   Name   Waits for
          ---------------------------------------------
           0 s        0 s      web    -
           0 s        0 s      db     'web' to be off
           0 s        0 s      dns    'db' to be off
          """,
          out(verb, "-a", "--dry-run"));
    }
    assertTrue(out("start", "-a", "--list", "--group", " web ").lines().count() == 3);
    assertTrue(out("start", "-a", "--list", "--all").contains(" off "));
    assertTrue(
        out("start", "-a", "--list", "-o", "json").contains("\"ready\" : \"tcp 5432, 20 s\""));
  }

  @Test
  void timelines() {
    defineThree();
    assertEquals(
        """
         Earliest   Latest   Name   Waits for
        --------------------------------------------------------------------------------
         0 s        0 s      dns    -
         0 s        2 s      db     'dns', 2 s at most
         0 s        22 s     web    'dns', 2 s at most; 'db' to be ready, 20 s at most
        """,
        out("start", "-a", "--dry-run"));
    assertTrue(out("start", "-a", "--dry-run", "-o", "json").contains("\"latestSeconds\" : 22"));
  }

  /** A start of all ignores it, so whoever has mistyped a name is told. */
  @Test
  void whoIsNotDefinedIsNotWaitedFor() {
    define("db", "", "");
    String web =
        StoredDomains.definition(
            "web",
            "<autostart enabled='yes'>\n  <after domain='db'/>\n  <after domain='dbb'/>\n"
                + "  <after domain='off'/>\n</autostart>");
    for (String[] words : new String[][] {{"define", "--dry-run", "-"}, {"define", "-"}}) {
      CommandRun run = domains.user().typing(web).run(words);
      assertEquals(Action.OK, run.status());
      assertEquals(
          List.of(
              "stdin:10:10: warning: 'dbb' is not waited for: no such domain is defined, did you"
                  + " mean 'db'? [start.after-unknown]",
              "stdin:11:10: warning: 'off' is not waited for: no such domain is defined"
                  + " [start.after-unknown]"),
          run.err().lines().filter(line -> line.startsWith("stdin:")).toList());
    }
    domains.define("off", "");
    String notes =
        "'dbb' is not waited for: no such domain is defined, did you mean 'db'?;"
            + " 'off' is not waited for: it is not one of those that start";
    assertEquals(
        List.of(
            " 0 s        0 s      db     -", " 0 s        0 s      web    'db' to run; " + notes),
        out("start", "-a", "--dry-run").lines().skip(2).toList());
    String list = out("start", "-a", "--list");
    assertTrue(list.endsWith(" db, dbb, off (" + notes + ")\n"), list);
    String json = out("start", "-a", "--dry-run", "-o", "json");
    assertTrue(json.contains("\"notAwaited\" : [ \"'dbb' is not waited for: no"), json);
  }

  @Test
  void circlesAreRefusedWhereTheyClose() throws IOException {
    define("a", "", "<after domain='b'/>");
    define("b", "", "");
    String closing =
        StoredDomains.definition(
            "b", "<autostart enabled='yes'>\n  <after domain='a'/>\n</autostart>");
    for (String[] words : new String[][] {{"define", "-"}, {"define", "--dry-run", "-"}}) {
      CommandRun run = domains.user().typing(closing).run(words);
      assertEquals(Action.FAILED, run.status());
      String place = domains.file("a") + ":8";
      assertTrue(
          run.err().contains(":9:10: error: waits for 'a' in a cycle: domain 'a' (" + place + ")"),
          run.err());
    }
    CommandRun rename = domains.user().run("domrename", "b", "c");
    assertEquals(Action.OK, rename.status(), "who is waited for in vain is in no circle");
    define("d", "", "<after domain='a'/>");
    assertEquals(Action.FAILED, domains.user().run("domrename", "d", "b").status());
    // In place nobody looks; then it is told when they would start.
    Files.writeString(domains.file("b"), closing);
    assertTrue(
        out("start", "-a", "--dry-run")
            .contains(" never      never    a      it waits for itself: a -> b -> a"));
    String list = out("start", "-a", "--list");
    assertTrue(list.contains(" never   a      0"), list);
    assertTrue(list.contains(" b (it waits for itself: a -> b -> a)"), list);
    assertTrue(list.contains(" a (it waits for itself: b -> a -> b)"), list);
    assertTrue(
        out("start", "-a", "--list", "-o", "json")
            .contains("\"never\" : \"it waits for itself: a -> b -> a\""));
  }

  @Test
  void aFailedStartIsRemembered() throws IOException {
    define("web", "", "");
    new StatusStore(domains.layout())
        .write(
            "web",
            DomainRecord.never(
                    io.domus.domain.Condition.of(io.domus.domain.DomainState.SHUT_OFF, "destroyed"))
                .withFailedStart(Optional.of("not started, 'db' is not ready")));
    assertEquals(
        "shut off (destroyed; autostart: not started, 'db' is not ready)\n\n".strip(),
        out("domstate", "--reason", "web").strip());
    assertEquals("shut off", out("domstate", "web").strip());
    String info = out("dominfo", "web");
    assertTrue(info.contains("\nFailed start:   not started, 'db' is not ready\n"), info);
    assertTrue(
        out("dominfo", "-o", "json", "web")
            .contains("\"failedStart\" : \"not started, 'db' is not ready\""));
  }

  @Test
  void once() {
    domains.define("web", "");
    assertTrue(out("dominfo", "web").contains("Autostart Once: disable"));
    assertEquals(
        "would mark domain 'web' as autostarted once\n",
        out("autostart", "--once", "--dry-run", "web"));
    assertEquals("Domain 'web' marked as autostarted once\n", out("autostart", "--once", "web"));
    assertTrue(out("dominfo", "web").contains("Autostart Once: enable"));
    assertEquals(
        "Domain 'web' unmarked as autostarted once\n",
        out("autostart", "--once", "--disable", "web"));
    assertTrue(out("dominfo", "web").contains("Autostart Once: disable"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "STARTED RUNNING_ALREADY RESTORED, 0",
    "FAILED NOT_STARTED NOT_READY, 1",
    "STARTED FAILED, 2",
    "STOPPED SAVED KILLED OFF_ALREADY, 0",
    "NOT_STOPPED, 1"
  })
  void theExitStatusSaysHowManyFailed(String results, int status) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams = Streams.of(new ByteArrayInputStream(new byte[0]), out, err);
    BatchReport report = new BatchReport(streams, false, false);
    List<BatchOutcome> outcomes = new ArrayList<>();
    for (String result : results.isEmpty() ? new String[0] : results.split(" ")) {
      BatchOutcome outcome =
          new BatchOutcome("d", Result.valueOf(result), "why", Duration.ofMillis(1234));
      report.tell(outcome);
      outcomes.add(outcome);
    }
    assertEquals(status, report.end(outcomes));
    streams.out().flush();
    streams.err().flush();
    for (BatchOutcome outcome : outcomes) {
      assertTrue(
          out.toString(StandardCharsets.UTF_8)
              .matches("(?s).* d +" + outcome.result().text() + " +1\\.2 s +why\n.*"),
          out::toString);
      assertEquals(
          outcome.failed(),
          err.toString(StandardCharsets.UTF_8)
              .contains("error: domain 'd' " + outcome.result().text() + ": why\n"));
    }
  }
}
