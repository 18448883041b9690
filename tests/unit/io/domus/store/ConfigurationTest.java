// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final String BAD =
      """
      autostart_parallel = 0
      restart_limit = 5
      restart_limit = 6
      autostart_parallel = 3
      host_shutdown = kill
      """;

  @TempDir Path directory;

  private Configuration read(String text) throws IOException {
    return Configuration.read(Files.writeString(directory.resolve("domus.conf"), text));
  }

  @Test
  void nothingIsSetWithoutAFile() throws IOException {
    assertEquals(Configuration.DEFAULT, Configuration.read(directory.resolve("absent")));
    assertEquals(BootPolicy.Start.YES, Configuration.DEFAULT.boot().start());
  }

  /** The file that comes with Domus shows the defaults. */
  @Test
  void theSampleShowsTheDefaults() throws IOException {
    String sample = Files.readString(Path.of("conf/domus.conf"));
    assertEquals(Configuration.DEFAULT, read(sample));
    String set =
        sample
            .lines()
            .filter(line -> line.startsWith("#") && line.contains(" = ") && !line.contains("NAME"))
            .map(line -> line.substring(1))
            .filter(line -> !line.startsWith(" "))
            .reduce("", (all, line) -> all + line + "\n");
    assertEquals(
        new BootPolicy(
            BootPolicy.Start.YES,
            OptionalInt.of(4),
            BootPolicy.Stop.SHUTDOWN,
            Duration.ofSeconds(60)),
        read(set).boot());
    assertEquals(IdPool.DEFAULT, read(set).ids());
  }

  @Test
  void whatHappensWithTheHost() throws IOException {
    assertEquals(
        new BootPolicy(
            BootPolicy.Start.LAST_STATE,
            OptionalInt.of(7),
            BootPolicy.Stop.MANAGEDSAVE,
            Duration.ofSeconds(90)),
        read("""
        autostart = last-state  # as it was
        autostart_parallel = 7
        host_shutdown = managedsave
        host_shutdown_timeout = 90
        """)
            .boot());
    assertEquals(BootPolicy.Start.NO, read("autostart = no").boot().start());
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
            idmap_base = 500000000
            idmap_count = 65536
            """);
    assertEquals(2 << 20, set.consoleLogSize());
    assertEquals(7, set.consoleLogFiles());
    assertEquals("vg0", set.volumeGroup().orElseThrow());
    assertEquals("pool", set.thinPool().orElseThrow());
    assertEquals(Duration.ofSeconds(5), set.hookTimeout());
    assertEquals(0, set.restartLimit());
    assertEquals(new IdPool(500_000_000, 65_536), set.ids());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "autostart = on | autostart: expected one of no, yes, last-state, not 'on', did you mean"
            + " 'no'?",
        "autostart = always | autostart: expected one of no, yes, last-state, not 'always'",
        "host_shutdown = | host_shutdown: expected one of shutdown, managedsave, kill, not ''",
        "autostart_parallel = 0 | autostart_parallel: expected a number from 1 to 1000, not '0'",
        "host_shutdown_timeout = 1m | host_shutdown_timeout: expected a number from 1 to 86400, not"
            + " '1m'",
        "autostart | expected 'name = value', not 'autostart'",
        "lvm_vg = a/b | lvm_vg: expected a name of LVM, not 'a/b'",
        "hook_timeout = 0 | hook_timeout: expected a number from 1 to 3600, not '0'",
        "console_log_size = 1T | console_log_size: expected a number from 1 to 2147483647, not"
            + " '1T'",
        "idmap_base = 0 | idmap_base: expected a number from 1 to 4294901759, not '0'",
        "idmap_count = 65535 | idmap_count: expected a number from 65536 to 4294967295, not"
            + " '65535'",
        "restart_limit = -1 | restart_limit: expected a number from 0 to 1000000, not '-1'",
        "autostrat = no | no setting 'autostrat', did you mean 'autostart'?",
        "hosts = kill | no setting 'hosts'; there are console_log_size, console_log_files, lvm_vg,"
            + " lvm_thin_pool, autostart, autostart_parallel, host_shutdown, host_shutdown_timeout,"
            + " hook_timeout, restart_limit, idmap_base, idmap_count"
      })
  void faultsHaveTheirPlace(String line, String fault) {
    InvalidDefinitionException refused =
        assertThrows(InvalidDefinitionException.class, () -> read("\n" + line + "\n"));
    assertEquals(directory.resolve("domus.conf") + ":2: error: " + fault, refused.getMessage());
  }

  @Test
  void everyFaultIsTold() {
    InvalidDefinitionException refused = assertThrows(InvalidDefinitionException.class, this::bad);
    String file = directory.resolve("domus.conf").toString();
    assertEquals(
        file
            + ":1: error: autostart_parallel: expected a number from 1 to 1000, not '0'\n"
            + file
            + ":3: error: restart_limit: set in line 2 already",
        refused.getMessage());
  }

  private Configuration bad() throws IOException {
    return read(BAD);
  }

  /** The first that is right holds. */
  @Test
  void whatIsWrongSetsNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("domus.conf"), BAD);
    List<String> told = new ArrayList<>();
    Configuration read = Configuration.read(file, (line, fault) -> told.add(line + " " + fault));
    assertEquals(5, read.restartLimit());
    assertEquals(OptionalInt.of(3), read.boot().parallel());
    assertEquals(BootPolicy.Stop.KILL, read.boot().stop());
    assertEquals(
        List.of(
            "1 autostart_parallel: expected a number from 1 to 1000, not '0'",
            "3 restart_limit: set in line 2 already"),
        told);
  }

  @Test
  void commentsMayBeInAnyEncoding() throws IOException {
    Path file = directory.resolve("domus.conf");
    Files.write(file, "restart_limit = 3 # f\u00fcr\n".getBytes(ISO_8859_1));
    assertEquals(3, Configuration.read(file).restartLimit());
  }
}
