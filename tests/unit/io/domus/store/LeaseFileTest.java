// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFileTest {
  @Test
  void bothFamiliesAreRead() {
    List<LeaseFile.Lease> leases =
        LeaseFile.parse(
            """
            1700000000 52:54:00:00:00:01 192.0.2.10 web 01:52:54:00:00:00:01
            0 52:54:00:00:00:02 192.0.2.11 * *
            duid 00:01:00:01:2e
            1700000000 17 2001:db8::5 db 00:03:00:01:52:54
            cut sho
            """);
    assertEquals(3, leases.size());
    assertEquals(Optional.of("web"), leases.get(0).name());
    assertEquals(Optional.of(Instant.ofEpochSecond(1_700_000_000)), leases.get(0).expiry());
    assertEquals(Optional.empty(), leases.get(1).expiry());
    assertEquals(Optional.empty(), leases.get(1).name());
    assertEquals(Optional.empty(), leases.get(2).mac());
    assertEquals(Optional.of("00:03:00:01:52:54"), leases.get(2).client());
    assertTrue(leases.get(0).isOver(Instant.ofEpochSecond(1_700_000_001)));
    assertFalse(leases.get(1).isOver(Instant.MAX));
  }

  @Test
  void noFileIsNoLeases(@TempDir Path directory) throws Exception {
    assertEquals(List.of(), LeaseFile.read(directory.resolve("leases")));
  }
}
