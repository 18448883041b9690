// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationStoreTest {
  private static final String ID = "0123456789ab";

  @TempDir Path root;

  private MigrationStore store() {
    return new MigrationStore(new StateLayout(root));
  }

  @Test
  void whoLeavesIsKnownByName() throws IOException {
    assertEquals(Set.of(), store().leaving());
    LeavingGuest guest =
        new LeavingGuest("web", ID, "lxc+ssh://far/system", true, LeavingGuest.Stage.HERE);
    store().write(guest);
    assertEquals(Set.of("web"), store().leaving());
    assertEquals(Optional.of(guest), store().leaving("web"));
    for (LeavingGuest.Stage stage : LeavingGuest.Stage.values()) {
      store().write(guest.at(stage));
      assertEquals(stage, store().leaving("web").orElseThrow().stage());
    }
    store().forgetLeaving("web");
    assertEquals(Optional.empty(), store().leaving("web"));
    assertFalse(Files.exists(new StateLayout(root).migrations()));
  }

  @Test
  void whoComesIsKnownByTheMove() throws IOException {
    ComingGuest guest = new ComingGuest(ID, "web", "near:/");
    store().write(guest);
    ComingGuest more =
        guest.with(Path.of("/srv/.domus-removed-1"), List.of(Path.of("/srv"), Path.of("/srv/a")));
    store().write(more.whole());
    ComingGuest read = store().coming(ID).orElseThrow();
    assertEquals(more.whole(), read);
    assertTrue(read.ready());
    assertEquals(Set.of(ID), store().coming());
    store().arrived(ID);
    assertEquals(Set.of(), store().coming());
    assertTrue(store().hasArrived(ID));
    store().forgetArrived(ID);
    assertFalse(store().hasArrived(ID));
    assertFalse(Files.exists(new StateLayout(root).migrations()));
  }

  @Test
  void idsAreNoPaths() {
    assertThrows(
        IllegalArgumentException.class, () -> new ComingGuest("../../../etc", "web", "near:/"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LeavingGuest("web", "", "lxc:///system", false, LeavingGuest.Stage.HERE));
  }

  @Test
  void damagedNotesAreTold() throws IOException {
    store().write(new ComingGuest(ID, "web", "near:/"));
    Path note = new StateLayout(root).migrations().resolve("in/" + ID + ".json");
    Files.writeString(note, "{\"id\":\"" + ID + "\"}");
    assertThrows(IOException.class, () -> store().coming(ID));
  }
}
