// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of the hooks' directories are hooks. */
class HooksTest {
  @TempDir Path directory;
  private StoredRoot root;

  @BeforeEach
  void open() throws IOException {
    root = new StoredRoot(directory);
    Files.createDirectories(root.layout().hooks());
  }

  private Path file(String name, String permissions) throws IOException {
    Path file = Files.createFile(root.layout().hooks().resolve(name));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private HostChecks.Check check() {
    return new HostChecks(root.driver(), Optional.empty())
        .run().stream().filter(check -> check.subject().equals("hooks")).findFirst().orElseThrow();
  }

  @Test
  void whatCannotBeRunIsWarnedOf() throws IOException {
    Path run = file("b", "rwxr-xr-x");
    Path left = file("a", "rw-r--r--");
    Path too = file("c.sh", "rw-------");
    for (String none : List.of("README", "README.md", ".hidden", "b~")) {
      file(none, "rw-r--r--");
    }
    assertEquals(List.of(run), Hooks.programs(root.driver()));
    assertEquals(
        new HostChecks.Check(
            "hooks",
            HostChecks.Level.WARN,
            "not run, since not executable: chmod +x " + left + " " + too),
        check());
  }

  @Test
  void allIsWell() throws IOException {
    assertEquals(new HostChecks.Check("hooks", HostChecks.Level.PASS, "0 to be run"), check());
    file("b", "rwxr-xr-x");
    file("README", "rw-r--r--");
    assertEquals(new HostChecks.Check("hooks", HostChecks.Level.PASS, "1 to be run"), check());
  }
}
