// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path directory;

  private Configuration read(String text) throws IOException {
    Path file = directory.resolve("domus.conf");
    Files.writeString(file, text);
    return Configuration.read(file);
  }

  @Test
  void whatIsNotSetHasItsDefault() throws IOException {
    assertEquals(Configuration.DEFAULT, Configuration.read(directory.resolve("missing")));
    assertEquals(Configuration.DEFAULT, read("# nothing\n\n"));
  }

  @Test
  void eachIsSetByItself() throws IOException {
    Configuration set =
        read(
            """
            console_log_size = 2M
            console_log_files = 7 # of them
            lvm_vg = vg0
            lvm_thin_pool = pool
            hook_timeout = 5
            restart_limit = 0
            """);
    assertEquals(2 << 20, set.consoleLogSize());
    assertEquals(7, set.consoleLogFiles());
    assertEquals("vg0", set.volumeGroup().orElseThrow());
    assertEquals("pool", set.thinPool().orElseThrow());
    assertEquals(Duration.ofSeconds(5), set.hookTimeout());
    assertEquals(0, set.restartLimit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hook_timeout = 0 | expected a number from 1 to 3600, not '0'",
        "hook_timeout = 1m | expected a number from 1 to 3600, not '1m'",
        "restart_limit = -1 | expected a number from 0 to 1000000, not '-1'",
        "restart_limit | expected 'name = value'"
      })
  void faultsHaveTheirPlace(String line, String fault) {
    InvalidDefinitionException refused =
        assertThrows(InvalidDefinitionException.class, () -> read("\n" + line + "\n"));
    assertEquals(directory.resolve("domus.conf") + ":2: error: " + fault, refused.getMessage());
  }
}
