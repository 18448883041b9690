// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.NoSuchDomainException;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.DomainLock;
import io.domus.store.FatalFileChanges;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Renames among other operations: the next one finds a domain whole, whatever died before it. */
@Timeout(60)
class RenameOperationTest {
  @TempDir private Path directory;
  private int roots;
  private Driver driver;
  private UUID uuid;

  @BeforeEach
  void makeRoot() throws IOException {
    StateLayout layout = new StateLayout(directory.resolve("root" + roots++));
    driver =
        new Driver(
            layout,
            new LinuxSyscalls(),
            new ProcessCommandRunner(directory),
            directory,
            StepObserver.NONE);
    define("web");
    uuid = new DefinitionReader(driver).uuid("web").orElseThrow();
    Files.createDirectories(layout.domain("web").log().getParent());
    Files.writeString(layout.domain("web").log(), "log of web");
  }

  private static byte[] definition(String name) {
    return """
    <domain type='lxc'><name>%s</name><memory>65536</memory><os><type>exe</type>
    <init>/init</init></os><devices><filesystem><source dir='/srv/web'/><target dir='/'/>
    </filesystem></devices></domain>
    """
        .formatted(name)
        .getBytes(UTF_8);
  }

  private void define(String name) {
    new DefineOperation(driver).run(name + ".xml", definition(name));
  }

  private Set<String> names() {
    return new TreeSet<>(
        new DomainView(driver).all().stream().map(DomainView.Summary::name).toList());
  }

  /** All that belongs to the domain is there under one name, and nothing under the other. */
  private void assertWhole(String name, String other) throws IOException {
    DefinitionReader definitions = new DefinitionReader(driver);
    assertEquals(name, definitions.stored(name).domain().name());
    assertEquals(uuid, definitions.uuid(name).orElseThrow());
    assertEquals("log of web", Files.readString(driver.layout().domain(name).log()));
    StateLayout layout = driver.layout();
    for (Path gone :
        List.of(
            layout.definition(other),
            layout.variable(other),
            layout.domain(other).run(),
            layout.domain(other).log())) {
      assertTrue(Files.notExists(gone), gone::toString);
    }
  }

  @Test
  void allGoesAlong() throws IOException {
    new RenameOperation(driver).run("web", "www");
    assertEquals(Set.of("www"), names());
    assertWhole("www", "web");
    assertEquals(
        List.of("\"web\",\"event\":\"undefined\"", "\"www\",\"event\":\"defined\""),
        Files.readString(driver.layout().events())
            .lines()
            .skip(1)
            .map(
                line ->
                    line.replaceFirst(
                        ".*\"domain\":(.*),\"uuid\".*(,\"event\".*),\"detail\".*", "$1$2"))
            .toList());
    new RenameOperation(driver).run("www", "web");
    assertWhole("web", "www");
  }

  /** Dies at every change in turn; returns when the last one was passed. */
  private void killed(Consumer<Integer> next) throws IOException {
    int step = 1;
    boolean dies = true;
    while (dies) {
      FatalFileChanges files = new FatalFileChanges(step, FatalFileChanges.How.KILL);
      try {
        new RenameOperation(driver, files).run("web", "www");
        dies = files.dead();
      } catch (FatalFileChanges.Killed killed) {
        dies = true;
      }
      next.accept(step);
      makeRoot();
      step++;
    }
    assertTrue(step > 10, "changes: " + step);
  }

  @Test
  void whoLooksSeesItWhole() throws IOException {
    killed(
        step -> {
          Set<String> names = names();
          assertTrue(
              names.equals(Set.of("web")) || names.equals(Set.of("www")), step + ": " + names);
          String name = names.iterator().next();
          whole(name);
        });
  }

  private void whole(String name) {
    try {
      assertWhole(name, name.equals("web") ? "www" : "web");
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void whoActsFindsItWhole() throws IOException {
    killed(
        step -> {
          // Without looking at anything first.
          String name;
          try {
            new AutostartOperation(driver).run("web", true);
            name = "web";
          } catch (NoSuchDomainException renamed) {
            new AutostartOperation(driver).run("www", true);
            name = "www";
          }
          whole(name);
          assertTrue(new DefinitionReader(driver).autostart(name).orElseThrow());
        });
  }

  @Test
  void whoWantsTheNewNameGetsItOrIsRefused() throws IOException {
    killed(
        step -> {
          define("www");
          assertTrue(Set.of(Set.of("web", "www"), Set.of("www")).contains(names()));
          if (names().contains("web")) {
            assertEquals(uuid, new DefinitionReader(driver).uuid("web").orElseThrow());
          } else {
            whole("www");
          }
        });
  }

  @Test
  void whoRenamesAgainSucceeds() throws IOException {
    killed(
        step -> {
          if (names().contains("web")) {
            new RenameOperation(driver).run("web", "www");
          }
          whole("www");
        });
  }

  /** A rename is no dead one's while its locks are held. */
  @Test
  void aRenameUnderWayIsLeftAlone() throws IOException {
    FatalFileChanges files = new FatalFileChanges(5, FatalFileChanges.How.KILL);
    assertThrows(
        FatalFileChanges.Killed.class, () -> new RenameOperation(driver, files).run("web", "www"));
    Path journal = driver.layout().renames().resolve("web");
    try (DomainLock _ =
        DomainLock.take(
            driver.syscalls(), driver.layout().lock("www"), Duration.ofSeconds(1), "test")) {
      new DomainLookup(driver).names();
      assertTrue(Files.exists(journal));
    }
    new DomainLookup(driver).names();
    assertTrue(Files.notExists(journal));
  }

  @Test
  void failuresAreToldAndTakenBack() throws IOException {
    FatalFileChanges files = new FatalFileChanges(5, FatalFileChanges.How.FAIL);
    DomainException failure =
        assertThrows(
            DomainException.class, () -> new RenameOperation(driver, files).run("web", "www"));
    assertEquals("cannot rename domain 'web' to 'www': no space", failure.getMessage());
    assertWhole("web", "www");
  }

  /** Nobody is told that it has failed who finds it done. */
  @Test
  void anEventThatCannotBeNoted() throws IOException {
    Files.delete(driver.layout().events());
    Files.createDirectory(driver.layout().events());
    DomainException failure =
        assertThrows(DomainException.class, () -> new RenameOperation(driver).run("web", "www"));
    assertTrue(
        failure.getMessage().startsWith("domain 'web' is now called 'www', but that cannot be"),
        failure.getMessage());
    assertWhole("www", "web");
  }

  /** Names go round among domains, by several at once: none is lost, none is stuck. */
  @Test
  void manyAtOnce() throws Exception {
    define("db");
    define("app");
    Set<UUID> before = uuids();
    List<Thread> threads = new ArrayList<>();
    List<String> free = List.of("app", "db", "web", "m", "z");
    for (int number = 0; number < 4; number++) {
      SplittableRandom random = new SplittableRandom(number);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 40; round++) {
                      attempt(
                          free.get(random.nextInt(free.size())),
                          free.get(random.nextInt(free.size())));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(3, names().size());
    assertEquals(before, uuids());
    names().forEach(name -> new DefinitionReader(driver).stored(name));
  }

  private Set<UUID> uuids() {
    Set<UUID> uuids = new TreeSet<>();
    names().forEach(name -> uuids.add(new DefinitionReader(driver).uuid(name).orElseThrow()));
    return uuids;
  }

  private void attempt(String from, String to) {
    try {
      new RenameOperation(driver).run(from, to);
    } catch (DomainException refused) {
      // It is not there, or the other name is taken: both are usual here.
      return;
    }
  }
}
