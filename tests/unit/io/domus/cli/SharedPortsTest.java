// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports of the host that two domains publish: one of the two cannot run beside the other. */
class SharedPortsTest {
  @TempDir Path root;

  private static String definition(String name, String publish) {
    String device =
        "<interface type='network'><source network='n'/>%s</interface></devices>"
            .formatted(publish);
    return StoredDomains.definition(name, "").replace("</devices>", device);
  }

  @BeforeEach
  void network() {
    String network =
        "<network><name>n</name><ip address='192.0.2.1' prefix='24'/>"
            + "<ip family='ipv6' address='2001:db8::1' prefix='64'/></network>";
    assertEquals("", CommandRun.User.of(root).typing(network).run("net-define", "-").err());
  }

  private CommandRun define(String name, String publish, String... options) {
    CommandRun run =
        CommandRun.User.of(root)
            .typing(definition(name, publish))
            .run(options.length == 0 ? new String[] {"define", "-"} : options);
    assertEquals(Action.OK, run.status(), run.err());
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<publish host='80' guest='1'/> | <publish host='80' guest='2'/>",
        "<publish host='80' guest='1'/> | <publish address='10.0.0.1' host='80' guest='1'/>",
        "<publish address='fd00::1' host='80' guest='1'/> | <publish address='fd00:0::1'"
            + " host='80' guest='1'/>",
      })
  void areWarnedOf(String first, String second) {
    assertEquals("", define("db", first).err());
    assertEquals("", define("db", first).err(), "its own");
    String warning =
        "stdin:7:50: warning: tcp port 80 is published by domain 'db', too: only one of the two can"
            + " run [start.shared-port]\n";
    CommandRun run = define("web", second);
    assertTrue(run.err().startsWith(warning), run.err());
    assertEquals("Domain 'web' defined from stdin\n", run.out());
    assertTrue(define("other", second, "define", "--dry-run", "-").err().contains(warning));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<publish host='80' guest='1'/> | <publish host='81' guest='1'/>",
        "<publish host='80' guest='1'/> | <publish protocol='udp' host='80' guest='1'/>",
        "<publish address='10.0.0.1' host='80' guest='1'/> | <publish address='10.0.0.2'"
            + " host='80' guest='1'/>",
        "'' | <publish host='80' guest='1'/>",
      })
  void othersAreNot(String first, String second) {
    define("db", first);
    assertEquals("", define("web", second).err());
  }

  @Test
  void ofWhatIsNotValidNothingIsKnown() throws Exception {
    define("db", "<publish host='80' guest='1'/>");
    StoredDomains domains = new StoredDomains(root);
    Files.writeString(
        domains.file("db"), domains.stored("db").replace("</domain>", "<!-- <publish -->"));
    assertEquals("", define("web", "<publish host='80' guest='1'/>").err());
  }
}
