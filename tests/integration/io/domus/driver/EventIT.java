// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.CriuOptions;
import io.domus.store.DomainLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every turn in a domain's life is told once, with what led to it. */
class EventIT {
  @RegisterExtension final Site site = new Site();

  private final List<DomainEvents.Event> told = new CopyOnWriteArrayList<>();
  private Thread listener;

  @BeforeEach
  void listen() throws Exception {
    CountDownLatch listening = new CountDownLatch(1);
    listener =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    site.driver().note("nobody", "snapshot", "so that there is a file");
                    listening.countDown();
                    new DomainEvents(site.driver())
                        .follow(
                            Optional.empty(),
                            event -> {
                              told.add(event);
                              return true;
                            });
                  } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                  }
                });
    listening.await();
    // It has the file open once it hears of something.
    Await.until(
        "a listener",
        () -> {
          site.driver().note("nobody", "snapshot", "so that it hears of something");
          return !told.isEmpty();
        });
  }

  @AfterEach
  void stop() throws Exception {
    listener.interrupt();
    listener.join();
  }

  /** What has been told since the last time, once that is all; of the domain, in a line each. */
  private List<String> told(String name) throws Exception {
    String last = "the last of them " + System.nanoTime();
    site.driver().note(name, "snapshot", last);
    Await.until(
        () -> "events: " + told,
        () -> told.stream().anyMatch(event -> event.detail().equals(last)));
    List<String> lines =
        List.copyOf(told).stream()
            .filter(event -> event.domain().equals(name) && event.lifecycle())
            .map(EventIT::line)
            .toList();
    told.clear();
    return lines;
  }

  private static String line(DomainEvents.Event event) {
    return event.event()
        + " "
        + event.detail()
        + event.reason().map(reason -> " (" + reason + ")").orElse("")
        + event.exit().map(exit -> " exit " + exit).orElse("")
        + event.signal().map(signal -> " signal " + signal).orElse("");
  }

  private DomainXml web(String script) throws Exception {
    Path tree = site.path("tree");
    return DomainXml.named("web")
        .script(script)
        .root(Files.exists(tree) ? tree : site.tree("tree"));
  }

  @Test
  void verbs() throws Exception {
    DomainXml xml = web("trap 'exit 3' TERM; while :; do sleep 0.05; done");
    site.define(xml);
    assertEquals(List.of("defined added"), told("web"));
    site.define(xml);
    assertEquals(List.of("defined updated"), told("web"));
    new AutostartOperation(site.driver()).run("web", true);
    assertEquals(List.of("defined updated (autostart on)"), told("web"));
    site.start("web");
    assertEquals(List.of("started booted"), told("web"));
    new PauseOperation(site.driver()).suspend("web");
    assertEquals(List.of("suspended paused"), told("web"));
    new PauseOperation(site.driver()).resume("web");
    assertEquals(List.of("resumed unpaused"), told("web"));
    new ShutdownOperation(site.driver()).runAndWait("web", Optional.empty(), true);
    assertEquals(List.of("stopped shutdown exit 3"), told("web"));
    site.start("web");
    new RebootOperation(site.driver()).run("web");
    assertEquals(
        List.of("started booted", "stopped shutdown (reboot) exit 3", "started booted"),
        told("web"));
    site.destroy("web");
    assertEquals(List.of("stopped destroyed"), told("web"));
    new RenameOperation(site.driver()).run("web", "other");
    assertEquals(List.of("undefined renamed (to other)"), told("web"));
    new UndefineOperation(site.driver()).run("other");
    assertEquals(List.of("undefined removed"), told("other"));
  }

  /** With the file's lock in our hands a command dies between the record and the event. */
  private void killBeforeItTells(String... words) throws Exception {
    Process command;
    try (DomainLock _ =
        DomainLock.tryTake(Site.SYSCALLS, site.layout().eventsLock()).orElseThrow()) {
      command = new ProcessBuilder(site.command(words)).redirectErrorStream(true).start();
      Path untold = site.layout().domain("web").untold();
      Path status = site.layout().domain("web").status();
      String before = Files.exists(status) ? Files.readString(status) : "";
      Await.until(
          () -> "a record and no event: " + words[0],
          () ->
              Files.exists(untold)
                  && Files.exists(status)
                  && !Files.readString(status).equals(before));
      command.destroyForcibly().waitFor();
      assertTrue(Files.exists(untold));
    }
  }

  @Test
  void whoDiesBeforeItIsToldIsToldOfOnce() throws Exception {
    site.define(web("while :; do sleep 0.05; done"));
    assertEquals(List.of("defined added"), told("web"));
    killBeforeItTells("start", "web");
    assertEquals(List.of(), told("web"));
    assertEquals("running", site.state("web"));
    assertEquals(List.of("started booted"), told("web"), "by whoever looks");
    killBeforeItTells("destroy", "web");
    assertEquals("shut off (destroyed)", site.state("web"));
    assertEquals("shut off (destroyed)", site.state("web"));
    assertEquals(List.of("stopped destroyed"), told("web"));
    site.start("web");
    assertEquals(List.of("started booted"), told("web"));
    site.destroy("web");
  }

  @Test
  void theRenamedOneIsDefined() throws Exception {
    site.define(web("exit 0"));
    new RenameOperation(site.driver()).run("web", "other");
    assertEquals(List.of("defined renamed (from web)"), told("other"));
  }

  @Test
  void allKnowTheUuid() throws Exception {
    site.start(web("sleep 9999"));
    String uuid = new DefinitionReader(site.driver()).uuid("web").orElseThrow().toString();
    site.destroy("web");
    new UndefineOperation(site.driver()).run("web");
    Await.until(
        () -> "events: " + told,
        () -> told.stream().filter(DomainEvents.Event::lifecycle).count() == 4);
    told.stream()
        .filter(DomainEvents.Event::lifecycle)
        .forEach(event -> assertEquals(Optional.of(uuid), event.uuid(), event.toString()));
  }

  @Test
  void aGuestsOwnEnd() throws Exception {
    site.start(web("exit 7"));
    awaitEnd();
    assertEquals(
        List.of("defined added", "started booted", "stopped shutdown (exited 7) exit 7"),
        told("web"));
    site.define(web("exec tail /dev/zero").memory(16));
    told("web");
    site.start("web");
    awaitEnd();
    assertEquals(List.of("started booted", "stopped crashed (oom) signal 9"), told("web"));
    site.define(web("sleep 9999"));
    told("web");
    site.start("web");
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    awaitEnd();
    assertEquals(List.of("started booted", "stopped crashed (signal 9) signal 9"), told("web"));
  }

  @Test
  void aRestart() throws Exception {
    site.start(
        web("[ -e /once ] && exec sleep 9999; echo x >/once; exit 4")
            .with("<on_poweroff>restart</on_poweroff>"));
    Await.until(() -> site.record("web").toString(), () -> site.record("web").restarts() == 1);
    site.destroy("web");
    assertEquals(
        List.of(
            "defined added",
            "started booted",
            "stopped shutdown (exited 4) exit 4",
            "started booted (restart 1)",
            "stopped destroyed"),
        told("web"));
  }

  @Test
  void savedAndRestored() throws Exception {
    site.start(web("while :; do sleep 0.05; done"));
    told("web");
    new ManagedSaveOperation(site.driver()).run("web");
    assertEquals(List.of("stopped saved"), told("web"));
    site.start("web");
    assertEquals(List.of("started restored"), told("web"));
    site.destroy("web");
    assertEquals(List.of("stopped destroyed"), told("web"));
  }

  @Test
  void aClone() throws Exception {
    site.define(web("sleep 9999"));
    CloneOperation.Request request = CloneOperation.Request.DEFAULT;
    new CloneOperation(site.driver()).run("web", "copy", request);
    assertEquals(List.of("defined added (cloned from web)"), told("copy"));
    new UndefineOperation(site.driver()).runWithStorage("copy");
    assertEquals(List.of("undefined removed (with its storage)"), told("copy"));
  }

  @Test
  void aTransientDomain() throws Exception {
    DomainXml xml = web("exit 0");
    new CreateOperation(site.driver()).run("web.xml", xml.bytes());
    Await.until("nothing", () -> new DomainView(site.driver()).all().isEmpty());
    Await.until("quiet", () -> site.processes().isEmpty());
    assertEquals(List.of("started booted", "stopped shutdown (exited 0) exit 0"), told("web"));
  }

  @Test
  void aMoveToAnotherRoot() throws Exception {
    Site elsewhere = new Site().open("EventsElsewhere");
    try {
      site.start(
          DomainXml.named("web")
              .script("while :; do sleep 0.05; done")
              .device(
                  Filesystems.overlay(
                      site.empty("upper"),
                      site.empty("work"),
                      "/",
                      Filesystems.directory(site.tree("tree")))));
      told("web");
      Driver there = elsewhere.driver();
      new MigrateOperation(site.driver(), new Destination.ThisHost(there))
          .run("web", new MigrateOperation.Request(false, CriuOptions.NONE));
      assertEquals(
          List.of("stopped migrated", "undefined removed (with its storage)"), told("web"));
      assertEquals(
          List.of("defined added", "started migrated"),
          Files.readAllLines(there.events().file()).stream()
              .map(EventIT::words)
              .filter(words -> words.startsWith("defined ") || words.startsWith("started "))
              .toList());
    } finally {
      elsewhere.close();
    }
  }

  /** Event and detail of a line in the file. */
  private static String words(String line) {
    return line.replaceAll(".*\"event\":\"([^\"]*)\",\"detail\":\"([^\"]*)\".*", "$1 $2");
  }

  private void awaitEnd() throws Exception {
    Await.until(
        () -> site.record("web").toString(),
        () -> !site.record("web").condition().state().active());
    Await.until("quiet", () -> site.processes().isEmpty());
  }
}
