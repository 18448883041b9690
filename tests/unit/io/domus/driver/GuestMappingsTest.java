// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestMappingsTest {
  @TempDir Path directory;

  @Test
  void whatIsGivenToUsers() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("subuid"),
            """
            ada:100000:65536
            # a comment
            1000:165536:1

            bob:4294967290:1000
            bob:4294967295:5
            eve:ten:20
            eve:0:0
            eve:1
            """);
    assertEquals(
        List.of(
            new IdMap.Range(0, 100_000, 65_536),
            new IdMap.Range(0, 165_536, 1),
            new IdMap.Range(0, 4_294_967_290L, 5)),
        GuestMappings.subordinate(file));
    assertEquals(List.of(), GuestMappings.subordinate(directory.resolve("absent")));
  }
}
