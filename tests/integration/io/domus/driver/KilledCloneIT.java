// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.executor.StepObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operation on storage that dies or fails at any step or instant is taken back or was done, and
 * whoever looks next finds one or the other.
 */
class KilledCloneIT {
  private static final int INSTANTS = 5;

  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);

  /** What the domain shows, and what lies in the state and the trees, but for what grows. */
  private String root;

  private TreeView state;

  /** The end of a process as far as its own code can tell: nobody takes anything back. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void begin(CloneWork work) throws Exception {
    site.define(clones.overlay("a"));
    if (work == CloneWork.COPY) {
      site.define(DomainXml.named("a").root(site.path("base")));
      root = TreeDigest.of(site.path("base"));
      state = clones.state();
      return;
    }
    prepare(work);
  }

  private void prepare(CloneWork work) throws Exception {
    if (root == null || !isDirectory()) {
      work.prepare(clones);
      root = look("a");
    } else {
      clones.remove("b");
    }
    state = clones.state();
  }

  private boolean isDirectory() {
    return root != null && clones.isDirectory("a");
  }

  private String look(String name) throws Exception {
    return clones.isDirectory(name)
        ? TreeDigest.withoutMarks(clones.directory(name))
        : MountedRoot.of(site, name, TreeDigest::withoutMarks);
  }

  /** What {@code list} does is enough: afterwards it is one or the other; true if it was done. */
  private boolean settle(CloneWork work, String when) throws Exception {
    List<DomainView.Summary> all = new DomainView(site.driver()).all();
    boolean done = work.done(clones);
    assertEquals(
        done || work == CloneWork.FLATTEN || work == CloneWork.MERGE ? 2 : 1,
        all.size(),
        () -> when + ": " + all);
    if (!done) {
      assertEquals(List.of(), state.differences(clones.state()), when + ": not as before");
    }
    assertEquals(List.of(), leftovers(), when);
    assertEquals(List.of(), site.leases().stream().filter(_ -> !done).toList(), when);
    assertEquals(root, look("a"), when);
    if (work.alike().isPresent() && all.size() == 2 && work != CloneWork.FLATTEN) {
      assertEquals(root, look("b"), when);
    }
    return done;
  }

  private List<Path> leftovers() throws IOException {
    try (var files = Files.walk(site.root())) {
      return files
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.endsWith(".new")
                    || name.endsWith(".cloning")
                    || name.startsWith(".domus-new-")
                    || file.getParent().equals(site.layout().operations());
              })
          .toList();
    }
  }

  private void assertNoOrphans() throws IOException {
    List<Path> described = clones.layers().stream().map(layer -> layer.layer().path()).toList();
    List<Path> there;
    try (var files = Files.list(site.layout().layers())) {
      there = files.map(file -> file.resolve("diff")).toList();
    }
    assertEquals(described.stream().sorted().toList(), there.stream().sorted().toList(), "orphans");
  }

  @ParameterizedTest
  @EnumSource
  void diesAtAnyStep(CloneWork work) throws Exception {
    begin(work);
    boolean survived = false;
    boolean done = false;
    for (int step = 1; !survived; step++) {
      survived = dies(work, step);
      if (settle(work, work + " died at step " + step)) {
        if (!done && !survived) {
          assertTrue(step > 3, "nothing was done yet");
        }
        done = true;
        prepare(work);
      } else if (!survived && !done) {
        assertEquals(List.of(), state.differences(clones.state()));
      }
    }
    assertTrue(done);
    if (work != CloneWork.COPY) {
      assertNoOrphans();
    }
    assertEquals(List.of(), site.processes());
  }

  /** True if it lived on to the end. */
  private boolean dies(CloneWork work, int fatal) {
    AtomicInteger steps = new AtomicInteger();
    StepObserver observer =
        (_, _) -> {
          if (steps.incrementAndGet() == fatal) {
            throw new Death();
          }
        };
    try {
      work.run(site.driver(observer));
      return true;
    } catch (Death death) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsAtAnyStep(CloneWork work) throws Exception {
    begin(work);
    boolean succeeded = false;
    for (int step = 1; !succeeded; step++) {
      AtomicInteger steps = new AtomicInteger();
      int failing = step;
      StepObserver observer =
          (_, _) -> {
            if (steps.incrementAndGet() == failing) {
              throw new IOException("injected");
            }
          };
      Driver driver = site.driver(observer);
      succeeded = steps(work, driver, steps, failing);
      if (settle(work, work + " failed at step " + step)) {
        prepare(work);
      }
    }
  }

  private boolean steps(CloneWork work, Driver driver, AtomicInteger steps, int failing) {
    try {
      work.run(driver);
      assertTrue(steps.get() < failing, "a failure at step " + failing + " was not told");
      return true;
    } catch (DomainException failure) {
      String message = failure.getMessage();
      assertTrue(message.startsWith("cannot "), message);
      assertTrue(message.contains("domain 'a'") || message.contains("domain 'b'"), message);
      assertTrue(message.contains(": injected"), message);
      assertEquals(1, message.lines().count(), message);
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedAtAnyInstant(CloneWork work) throws Exception {
    begin(work);
    Random random = new Random(work.ordinal());
    Duration whole;
    try (Victim victim = new Victim(site, "a")) {
      victim.begin(work.name(), 0);
      long begun = System.nanoTime();
      assertEquals(0, victim.await());
      whole = Duration.ofNanos(System.nanoTime() - begun);
    }
    assertTrue(settle(work, "the whole"));
    prepare(work);
    Victim next = new Victim(site, "a");
    try {
      for (int round = 0; round < INSTANTS; round++) {
        Victim victim = next;
        victim.begin(work.name(), 0);
        next = new Victim(site, "a");
        Duration instant = Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
        victim.killAfter(instant);
        if (settle(work, "a kill after " + instant.toMillis() + " ms")) {
          prepare(work);
        }
      }
    } finally {
      next.close();
    }
  }
}
