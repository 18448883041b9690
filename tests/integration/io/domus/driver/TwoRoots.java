// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationInvalidException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two roots of state between which a guest that counts is moved: it is in one of them. */
record TwoRoots(Site here, Site there) {
  /**
   * What whoever comes next finds: the guest goes on in one of the two, from where it was, and
   * nothing is left of the move.
   *
   * @return where it is
   */
  Site settle(String when, int least) throws Exception {
    boolean inHere = goesOn(here, when);
    boolean inThere = goesOn(there, when);
    assertFalse(inHere && inThere, when + ": it runs twice");
    assertTrue(inHere || inThere, when + ": the guest is lost");
    Site where = inHere ? here : there;
    CountingGuest guest = new CountingGuest(where, "web");
    int count = guest.count();
    assertTrue(count >= least, when + ": it has counted to " + count + ", not " + least);
    guest.goesOn();
    for (Site site : List.of(here, there)) {
      assertEquals(List.of(), leftovers(site), when);
      assertEquals(List.of(), new LayerCheckOperation(site.driver()).run(), when);
    }
    return where;
  }

  /** It runs already, or from its image; never anew. */
  private static boolean goesOn(Site site, String when) throws Exception {
    try {
      boolean restored = new StartOperation(site.driver()).run("web", false);
      assertTrue(restored, when + ": it was booted anew");
    } catch (NoSuchDomainException elsewhere) {
      return false;
    } catch (OperationInvalidException running) {
      assertEquals("cannot start domain 'web': domain is already running", running.getMessage());
    }
    assertEquals("running", site.state("web"), when);
    return true;
  }

  /** What a move makes and does not keep. */
  static List<Path> leftovers(Site site) throws Exception {
    try (var files = Files.walk(site.directory())) {
      return files.filter(file -> isOfAMove(site, file)).toList();
    }
  }

  private static boolean isOfAMove(Site site, Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".domus-removed-")
        || name.startsWith(".domus-new-")
        || name.endsWith(".coming")
        || file.startsWith(site.layout().migrations())
        || file.getParent().equals(site.layout().operations());
  }

  /** Removes the domain wherever it is. */
  void remove() throws Exception {
    for (Site site : List.of(here, there)) {
      try {
        site.destroy("web");
      } catch (DomainException off) {
        // Whether it is there or not is seen next.
        assertFalse(LiveState.isActive(site.driver(), "web"));
      }
      if (site.driver().definitions().exists("web")) {
        new UndefineOperation(site.driver()).runWithStorage("web");
      }
    }
  }
}
