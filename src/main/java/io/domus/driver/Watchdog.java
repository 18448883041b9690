// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart.Ready;
import io.domus.domain.DomainException;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches the guests that run and whose definitions ask for it: {@code <ready watchdog='3'/>}. One
 * that was ready and is not any more, so many looks in a row, is ended, and counts as crashed:
 * {@code on_crash} says what follows.
 */
public final class Watchdog {
  /** How often it is looked for guests that have come. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final Driver driver;
  private final Listener listener;

  /** Who is watched, or needs not be. */
  private final Map<String, ProcessId> known = new HashMap<>();

  /** Hears of guests from several threads, one at a time. */
  @FunctionalInterface
  public interface Listener {
    void tell(String domain, String what);
  }

  public Watchdog(Driver driver, Listener listener) {
    this.driver = driver;
    this.listener =
        (domain, what) -> {
          synchronized (this) {
            listener.tell(domain, what);
          }
        };
  }

  /** Goes on until it is interrupted. */
  public void run() throws IOException, InterruptedException {
    while (true) {
      look();
      Thread.sleep(ROUND);
    }
  }

  private void look() throws IOException {
    Set<String> names = new HashSet<>(driver.statuses().names());
    known.keySet().retainAll(names);
    for (String name : names) {
      Optional<DomainRecord> record =
          driver.statuses().read(name).filter(found -> found.condition().state().active());
      Optional<ProcessId> init = record.flatMap(DomainRecord::init);
      if (init.isPresent() && !init.get().equals(known.put(name, init.get()))) {
        wanted(name, record.get())
            .ifPresent(
                ready ->
                    Thread.ofVirtual()
                        .name("watchdog of " + name)
                        .start(new WatchedGuest(driver, name, init.get(), ready, listener)));
      }
    }
  }

  private Optional<Ready> wanted(String name, DomainRecord record) {
    try {
      return new DefinitionReader(driver)
          .recorded(name, record)
          .domain()
          .autostart()
          .ready()
          .filter(ready -> ready.watchdog().isPresent());
    } catch (DomainException unreadable) {
      listener.tell(name, "cannot be watched: " + unreadable.getMessage());
      return Optional.empty();
    }
  }
}
