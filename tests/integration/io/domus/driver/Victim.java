// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.store.DomainLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@link KilledMain} seen from outside; it warms up while the test does something else. */
final class Victim implements AutoCloseable {
  static final int KILLED = 128 + 9;

  private final Site site;
  private final String domain;
  private final Process process;
  private final BufferedReader answers;

  Victim(Site site, String domain) throws IOException {
    this.site = site;
    this.domain = domain;
    process =
        new ProcessBuilder(TestJvm.argv(KilledMain.class, site.root(), site.home(), domain))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the work; it dies before the step, or at another's hand if that is 0. */
  void begin(String verb, int step, String... more) throws IOException {
    tell(verb + " " + step + " " + String.join(" ", more));
    assertEquals("ready", answers.readLine());
    tell("go");
  }

  private void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The exit status. */
  int await() throws Exception {
    int status = process.waitFor();
    awaitLock();
    return status;
  }

  /** A child of it that is not yet the program it is to be may hold the lock a moment longer. */
  private void awaitLock() throws Exception {
    Await.until(
        "the lock of the killed process",
        () -> {
          Optional<DomainLock> lock = DomainLock.tryTake(Site.SYSCALLS, site.layout().lock(domain));
          if (lock.isPresent()) {
            lock.get().close();
          }
          return lock.isPresent();
        });
  }

  /** Kills it after a while unless it has ended before; true if it was killed. */
  boolean killAfter(Duration delay) throws Exception {
    boolean ended = process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS);
    process.destroyForcibly();
    return await() == KILLED && !ended;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    answers.close();
  }
}
