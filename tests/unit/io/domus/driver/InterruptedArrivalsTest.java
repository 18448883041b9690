// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.SavePaths;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.ComingGuest;
import io.domus.store.MigrationStore;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has come and not run is removed; whoever is stopped at that has not taken it in. */
class InterruptedArrivalsTest {
  private static final String ID = "0123456789ab";

  @TempDir Path directory;
  private Driver driver;
  private MigrationStore store;

  @BeforeEach
  void arrive() throws IOException {
    driver =
        new Driver(
            new StateLayout(Files.createDirectory(directory.resolve("root"))),
            new LinuxSyscalls(),
            new ProcessCommandRunner(Files.createDirectory(directory.resolve("scratch"))),
            Path.of("").toAbsolutePath(),
            StepObserver.NONE);
    store = new MigrationStore(driver.layout());
    Files.createDirectory(directory.resolve("base"));
    define("web", "base");
    Files.createDirectories(SavePaths.of(driver.layout().domain("web")).saved());
    store.write(new ComingGuest(ID, "web", "there").whole());
  }

  private void define(String name, String layer) throws IOException {
    Files.createDirectories(directory.resolve(name + "/upper"));
    Files.createDirectories(directory.resolve(name + "/work"));
    String text =
        """
        <domain type='lxc'>
          <name>%1$s</name>
          <memory>65536</memory>
          <os><type>exe</type><init>/init</init></os>
          <devices>
            <filesystem type='overlay'>
              <source dir='%3$s/%1$s/upper'/>
              <source dir='%3$s/%1$s/work'/>
              <backingStore type='dir'><source dir='%3$s/%2$s'/></backingStore>
              <target dir='/'/>
            </filesystem>
          </devices>
        </domain>
        """
            .formatted(name, layer, directory);
    new DefineOperation(driver).run(name + ".xml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneThatHasNotRunIsRemoved() throws IOException {
    new InterruptedArrivals(driver).recover(ID);
    assertFalse(driver.definitions().exists("web"));
    assertFalse(store.hasArrived(ID));
    assertEquals(Set.of(), store.coming());
  }

  /** Its image is gone by then, as that of one that has run would be. */
  @Test
  void oneThatCannotBeRemovedYetHasNotArrivedEither() throws IOException {
    define("clone", "web/upper");
    InterruptedArrivals arrivals = new InterruptedArrivals(driver);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThrows(DomainException.class, () -> arrivals.recover(ID));
      assertFalse(store.hasArrived(ID));
      assertTrue(driver.definitions().exists("web"));
    }
    new UndefineOperation(driver).run("clone");
    arrivals.recover(ID);
    assertFalse(store.hasArrived(ID));
    assertFalse(driver.definitions().exists("web"));
  }

  @Test
  void oneThatHasRunStays() throws IOException {
    Files.delete(SavePaths.of(driver.layout().domain("web")).saved());
    new InterruptedArrivals(driver).recover(ID);
    assertTrue(store.hasArrived(ID));
    assertTrue(driver.definitions().exists("web"));
  }
}
