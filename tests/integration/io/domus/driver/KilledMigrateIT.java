// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever moves a guest between two roots of a host dies: the guest goes on in one of them. */
class KilledMigrateIT {
  private static final int INSTANTS = 8;

  /** Of so many steps in a row one is chosen: there are more than seventy. */
  private static final int MISSED = 4;

  @RegisterExtension final Site site = new Site();

  private final Site elsewhere = new Site();
  private final TwoRoots roots = new TwoRoots(site, elsewhere);
  private final Random random = new Random(23);
  private final List<String> fates = new ArrayList<>();

  private void counter() throws Exception {
    elsewhere.open("KilledMigrateIT-elsewhere");
    new CountingGuest(site, "web").start("");
  }

  @AfterEach
  void leaveNothing() throws Exception {
    fates.forEach(System.out::println);
    elsewhere.close();
  }

  private Site other(Site where) {
    return where == site ? elsewhere : site;
  }

  private Site settled(Site from, String when, int least) throws Exception {
    Await.until(
        () -> "the end of " + Host.processes("--pdeathsig"),
        () -> Host.processes("--pdeathsig").isEmpty());
    Site where = roots.settle(when, least);
    fates.add(when + ": it goes on " + (where == from ? "where it was" : "there"));
    return where;
  }

  /** From wherever it is then. */
  @Test
  void diesAtAnyStep() throws Exception {
    counter();
    Site where = site;
    int status = Victim.KILLED;
    int step = 1;
    for (; status == Victim.KILLED; step += 1 + random.nextInt(MISSED)) {
      int least = new CountingGuest(where, "web").count();
      Victim victim = new Victim(where, "web");
      victim.begin("migrate", step, other(where).root().toString());
      status = victim.await();
      Site from = where;
      where = settled(from, "killed before step " + step, least);
    }
    assertEquals(0, status);
    assertTrue(step > 50, step + " steps");
    roots.remove();
  }

  @Test
  void diesAtAnyInstant() throws Exception {
    counter();
    Victim first = new Victim(site, "web");
    Instants instants =
        Instants.of(
            random,
            () -> {
              first.begin("migrate", 0, elsewhere.root().toString());
              assertEquals(0, first.await());
            });
    Site where = settled(site, "moved in " + instants.whole().toMillis() + " ms", 1);
    for (int round = 0; round < INSTANTS; round++) {
      int least = new CountingGuest(where, "web").count();
      Duration delay = instants.next();
      Victim victim = new Victim(where, "web");
      victim.begin("migrate", 0, other(where).root().toString());
      boolean killed = victim.killAfter(delay);
      Site from = where;
      String when = (killed ? "killed after " : "done within ") + delay.toMillis() + " ms";
      where = settled(from, when, least);
    }
    roots.remove();
  }
}
