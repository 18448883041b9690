// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom an event is about does not depend on what the event is. */
class EventUuidTest {
  @TempDir Path directory;
  private StoredRoot root;
  private UUID uuid;

  @BeforeEach
  void define() throws IOException {
    root = new StoredRoot(directory);
    root.define("web", root.root("/nowhere"));
    uuid = new DefinitionReader(root.driver()).uuid("web").orElseThrow();
    Files.deleteIfExists(root.layout().events());
  }

  private void assertTold(String event, UUID expected) throws IOException {
    String text = Files.readString(root.layout().events());
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.contains("\"event\":\"" + event + "\""), text);
    assertTrue(text.contains("\"uuid\":\"" + expected + "\""), text);
  }

  @Test
  void ofWhatIsNoTurnInItsLife() throws IOException {
    root.driver().note("web", "snapshot", "s1");
    assertTold("snapshot", uuid);
  }

  @Test
  void ofOneThatIsNotKnown() throws IOException {
    root.driver().note("nobody", "abandoned", "at h2");
    assertFalse(Files.readString(root.layout().events()).contains("uuid"));
  }

  @Test
  void ofARestartThatFails() throws IOException {
    restart(false, Optional.empty());
    assertTold("restart-failed", uuid);
  }

  /** Of a transient domain nothing is left but what its run was. */
  @Test
  void ofARestartOfATransientDomain() throws IOException {
    UUID another = UUID.fromString("5d5cb1c6-7e05-4d0a-9d7d-3b5c3c8a8a11");
    restart(true, Optional.of(another));
    assertTold("restart-failed", another);
  }

  /** Its root is not there. */
  private void restart(boolean transientDomain, Optional<UUID> known) throws IOException {
    byte[] definition = Files.readAllBytes(root.layout().definition("web"));
    if (transientDomain) {
      Files.delete(root.layout().definition("web"));
    }
    DomainRecord before =
        new DomainRecord(
            Condition.of(DomainState.SHUT_OFF),
            transientDomain,
            Base64.getEncoder().encodeToString(definition),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.of(Instant.now()),
            "",
            0);
    before = before.withUuid(known);
    if (!transientDomain) {
      root.driver().statuses().write("web", before);
    }
    new ExitQueue(root.driver()).add("web", before);
    assertFalse(new ExitOperation(root.driver()).restart("web", before));
  }
}
