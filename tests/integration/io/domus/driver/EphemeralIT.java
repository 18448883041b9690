// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainExistsException;
import io.domus.domain.OperationFailedException;
import io.domus.executor.StepObserver;
import io.domus.plan.Step;
import io.domus.store.DomainRecord;
import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is for once leaves nothing, however it ends; its base is untouched. */
class EphemeralIT {
  private static final int MANY = 500;
  private static final int AT_ONCE = 20;

  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);

  private TreeView before;

  /** What is in 'r1' is sealed by the first run, which is over; the others seal nothing. */
  @BeforeEach
  void firstRun() throws Exception {
    site.define(
        clones
            .overlay("r1")
            .with("<on_crash>restart</on_crash>")
            .with("<on_poweroff>restart</on_poweroff>")
            .script("trap 'exit 0' TERM; while :; do [ -e /end ] && . /end; sleep 0.02; done"));
    Files.writeString(site.path("r1/upper/mark"), "base\n");
    Host.run("chmod", "0751", site.path("r1/upper").toString());
    run("first", false);
    site.destroy("first");
    before = clones.state();
    assertEquals(1, clones.layers().size());
  }

  private void run(String name, boolean memory) {
    new EphemeralOperation(site.driver()).run("r1", name, memory);
  }

  private void assertNothingLeft() throws Exception {
    Await.until(
        () -> new DomainView(site.driver()).all() + " " + site.processes(),
        () -> new DomainView(site.driver()).all().size() == 1 && site.processes().isEmpty());
    assertEquals(List.of(), before.differences(clones.state()));
    assertEquals(List.of(), site.leases());
    assertEquals(
        "base\n", MountedRoot.of(site, "r1", root -> Files.readString(root.resolve("mark"))));
  }

  /** What ends the run. */
  enum End {
    DESTROY {
      @Override
      void make(EphemeralIT test) {
        test.site.destroy("e");
      }
    },
    SHUTDOWN {
      @Override
      void make(EphemeralIT test) {
        new ShutdownOperation(test.site.driver()).runAndWait("e", Optional.empty(), true);
      }
    },
    EXIT_0 {
      @Override
      void make(EphemeralIT test) throws IOException {
        test.inGuest("echo exit 0 >/end");
      }
    },
    EXIT_7 {
      @Override
      void make(EphemeralIT test) throws IOException {
        test.inGuest("echo exit 7 >/end");
      }
    },
    OUT_OF_MEMORY {
      @Override
      void make(EphemeralIT test) throws IOException {
        test.inGuest("echo exec tail /dev/zero >/end");
      }
    },
    KILLED {
      @Override
      void make(EphemeralIT test) throws Exception {
        KilledProcessIT.kill(test.site.record("e").init().orElseThrow());
      }
    },
    /** Then nobody sees the end, but whoever looks next. */
    KILLED_WITHOUT_MONITOR {
      @Override
      void make(EphemeralIT test) throws Exception {
        DomainRecord record = test.site.record("e");
        KilledProcessIT.kill(record.monitor().orElseThrow());
        KilledProcessIT.kill(record.init().orElseThrow());
      }
    };

    abstract void make(EphemeralIT test) throws Exception;
  }

  private void inGuest(String script) throws IOException {
    site.output("e", "sh", "-c", script);
  }

  @ParameterizedTest
  @EnumSource
  void endsWithItsRun(End end) throws Exception {
    run("e", false);
    assertEquals("running", site.state("e"));
    assertEquals("base\n", site.output("e", "cat", "/mark"));
    inGuest("echo e >/mark; echo e >/new; rm -r /etc");
    end.make(this);
    assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESTROY", "EXIT_7", "KILLED_WITHOUT_MONITOR"})
  void writesToMemory(End end) throws Exception {
    run("e", true);
    assertEquals("base\n", site.output("e", "cat", "/mark"));
    assertEquals("751\n", site.output("e", "stat", "-c", "%a", "/"));
    inGuest("echo e >/mark; echo e >/new; rm -r /etc");
    try (var files = Files.list(site.layout().storage().resolve("e/root/upper"))) {
      assertEquals(List.of(), files.toList());
    }
    end.make(this);
    assertNothingLeft();
  }

  @Test
  void keepsWhatIsToBeKept() throws Exception {
    String base = "r1";
    for (int number = 2; number <= 4; number++) {
      String name = "r1-" + number;
      command("start", base, "--ephemeral", "--keep-data", "--name", name);
      site.output(name, "sh", "-c", "echo %d >>/mark; echo >/%1$d".formatted(number));
      site.destroy(name);
      base = name;
    }
    assertEquals(4, new DomainView(site.driver()).all().size());
    site.start("r1-4");
    assertEquals("base\n2\n3\n4\n", site.output("r1-4", "cat", "/mark"));
    site.output("r1-4", "cat", "/2", "/3", "/4");
    assertEquals(
        "base\n2\n", MountedRoot.of(site, "r1-2", root -> Files.readString(root.resolve("mark"))));
  }

  /** With a command: how it ended is the result, and then there is no such domain. */
  @Test
  void forTheTimeOfACommand() throws Exception {
    assertEquals(0, status("sh", "-c", "cat /mark; echo e >/mark"));
    assertEquals(7, status("sh", "-c", "exit 7"));
    assertEquals(127, status("/no/such/command"));
    assertEquals(126, status("/etc/passwd"));
    assertEquals(128 + 9, status("sh", "-c", "kill -9 $$"));
    assertEquals(
        128 + 9, status("sh", "-c", "echo exit 0 >/end; sleep 60"), "the guest ended first");
    assertNothingLeft();
  }

  private int status(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("start", "r1", "--ephemeral", "--"));
    words.addAll(List.of(command));
    return command(words.toArray(String[]::new));
  }

  private int command(String... words) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.add(site.home().resolve("domus").toString());
    argv.addAll(List.of("-c", "lxc:///embed?root=" + site.root()));
    argv.addAll(List.of(words));
    return new ProcessBuilder(argv)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  @Test
  void refusals() throws Exception {
    DomainExistsException taken = assertThrows(DomainExistsException.class, () -> run("r1", false));
    assertEquals("cannot clone domain 'r1': domain 'r1' already exists", taken.getMessage());
    run("e", false);
    taken = assertThrows(DomainExistsException.class, () -> run("e", false));
    assertEquals(
        "cannot start an ephemeral run of domain 'r1': domain 'e' already exists",
        taken.getMessage());
    assertEquals("running", site.state("e"));
    site.destroy("e");
    assertNothingLeft();
  }

  /** Clones that are never started, because that fails. */
  @Test
  void manyAddNoLayer() throws Exception {
    for (int number = 0; number < MANY; number++) {
      AtomicBoolean committed = new AtomicBoolean();
      StepObserver failing =
          (_, step) -> {
            if (committed.get()) {
              throw new IOException("injected");
            }
            committed.set(step instanceof Step.Commit);
          };
      EphemeralOperation operation = new EphemeralOperation(site.driver(failing));
      assertThrows(OperationFailedException.class, () -> operation.run("r1", "e", false));
      assertTrue(committed.get());
    }
    assertNothingLeft();
  }

  @Test
  void severalAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<String>> runs =
          IntStream.range(0, AT_ONCE)
              .<Callable<String>>mapToObj(number -> () -> once("e" + number))
              .toList();
      for (var run : threads.invokeAll(runs)) {
        run.get();
      }
    }
    assertNothingLeft();
  }

  private String once(String name) throws IOException {
    run(name, false);
    assertEquals("base\n", site.output(name, "cat", "/mark"));
    site.output(name, "sh", "-c", "echo mine >/mark");
    assertEquals("mine\n", site.output(name, "cat", "/mark"));
    site.destroy(name);
    return name;
  }

  /** What lies below {@code run} is gone, and with it who ran. */
  @Test
  void bootsInBetween() throws Exception {
    run("e", false);
    inGuest("echo e >/mark");
    DomainRecord record = site.record("e");
    KilledProcessIT.kill(record.monitor().orElseThrow());
    KilledProcessIT.kill(record.init().orElseThrow());
    Host.script(
        "rm -rf \"$1/run\"; rm -f \"$2\"*; find /sys/fs/cgroup -depth -type d -path \"*$3*\" -exec"
            + " rmdir {} +",
        site.root().toString(),
        site.leases().getFirst().toString(),
        record.cgroup());
    assertTrue(Files.isDirectory(site.layout().storage().resolve("e")));
    assertEquals(1, new DomainView(site.driver()).all().size());
    assertFalse(Files.exists(site.layout().storage().resolve("e")));
    assertNothingLeft();
  }

  @Test
  void isFoundByItsUuid() throws Exception {
    run("e", false);
    String uuid = new DefinitionReader(site.driver()).uuid("e").map(UUID::toString).orElseThrow();
    assertEquals("e", new DomainLookup(site.driver()).name(uuid));
    site.define(
        DomainXml.named("other")
            .with("<uuid>00000000-0000-4000-8000-000000000001</uuid>")
            .root(site.path("base")));
    DomainExistsException taken =
        assertThrows(
            DomainExistsException.class,
            () ->
                site.define(
                    DomainXml.named("third")
                        .with("<uuid>" + uuid + "</uuid>")
                        .root(site.path("base"))));
    assertTrue(
        taken
            .getMessage()
            .startsWith("uuid " + uuid + " already belongs to domain 'e' (third.xml:"));
  }

  @Test
  void isKeptWhenItIsDefined() throws Exception {
    run("e", false);
    inGuest("echo kept >/mark");
    String xml = DomainWriter.write(new DefinitionReader(site.driver()).present("e").domain());
    new DefineOperation(site.driver()).run("e.xml", xml.getBytes(StandardCharsets.UTF_8));
    site.destroy("e");
    assertEquals(2, new DomainView(site.driver()).all().size());
    site.start("e");
    assertEquals("kept\n", site.output("e", "cat", "/mark"));
    site.destroy("e");
    clones.remove("e");
    assertNothingLeft();
  }

  /** Whoever defined it may have died before it was all done. */
  @Test
  void isKeptWhenItsDefinitionIsThere() throws Exception {
    run("e", false);
    inGuest("echo kept >/mark");
    String xml = DomainWriter.write(new DefinitionReader(site.driver()).present("e").domain());
    Files.writeString(site.layout().definition("e"), xml);
    site.destroy("e");
    assertEquals("shut off (destroyed)", site.state("e"));
    site.start("e");
    assertEquals("kept\n", site.output("e", "cat", "/mark"));
  }

  /**
   * The layers beneath an inner overlay's upper directory are their owner's, and so is the record.
   */
  @Test
  void leavesWhatItsBaseReads() throws Exception {
    Path upper = clones.upper("r1");
    site.define(
        DomainXml.named("reader")
            .device(
                Filesystems.overlay(
                    site.empty("reader/upper"),
                    site.empty("reader/work"),
                    "/",
                    Filesystems.inner(
                        upper, site.path("r1/work"), Filesystems.directory(site.path("base"))))));
    before = clones.state();
    new EphemeralOperation(site.driver()).run("reader", "e", false);
    assertEquals("base\n", site.output("e", "cat", "/mark"));
    site.destroy("e");
    assertEquals(List.of(), before.differences(clones.state()));
    assertEquals(1, clones.beneath("r1").size());
  }
}
