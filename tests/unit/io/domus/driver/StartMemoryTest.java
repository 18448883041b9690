// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.InvalidDefinitionException;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who starts many domains understands a text once, and another text anew. */
class StartMemoryTest {
  private static final String DOMAIN =
      """
      <domain type='lxc'><name>web</name><memory>65536</memory><os><type>exe</type>
      <init>/init</init></os><devices><filesystem><source dir='/srv/web'/><target dir='/'/>
      </filesystem></devices></domain>
      """;

  private static final String NETWORK = "<network><name>lan</name><bridge name='lan0'/></network>";

  @TempDir private Path directory;
  private Driver forgetful;
  private Driver driver;

  @BeforeEach
  void makeDrivers() {
    forgetful =
        new Driver(
            new StateLayout(directory.resolve("root")),
            new LinuxSyscalls(),
            new ProcessCommandRunner(directory),
            directory,
            StepObserver.NONE);
    driver = forgetful.remembering();
  }

  private static Definition domain(Driver driver, String text) {
    return new DefinitionReader(driver).parse("web.xml", text.getBytes(UTF_8));
  }

  private static NetworkDefinition network(Driver driver, String text) {
    return new NetworkDefinitionReader(driver).parse("lan.xml", text.getBytes(UTF_8));
  }

  @Test
  void sameTextIsReadOnce() {
    assertSame(domain(driver, DOMAIN), domain(driver, DOMAIN));
    assertSame(network(driver, NETWORK), network(driver, NETWORK));
    assertNotSame(domain(forgetful, DOMAIN), domain(forgetful, DOMAIN));
    assertNotSame(network(forgetful, NETWORK), network(forgetful, NETWORK));
  }

  @Test
  void changedTextIsReadAnew() {
    domain(driver, DOMAIN);
    network(driver, NETWORK);
    assertEquals("db", domain(driver, DOMAIN.replace("web", "db")).domain().name());
    assertEquals("wan", network(driver, NETWORK.replace("lan", "wan")).network().name());
  }

  @Test
  void placesAreThoseOfTheFile() {
    domain(driver, DOMAIN);
    Definition other = new DefinitionReader(driver).parse("other.xml", DOMAIN.getBytes(UTF_8));
    assertEquals("other.xml", other.domain().os().initOrigin().file());
  }

  @Test
  void faultIsToldEachTime() {
    String wrong = DOMAIN.replace("<memory>65536</memory>", "<memory>much</memory>");
    for (int time = 0; time < 2; time++) {
      assertThrows(InvalidDefinitionException.class, () -> domain(driver, wrong));
    }
  }

  @Test
  void memoryIsKept() {
    assertSame(driver, driver.remembering());
  }
}
