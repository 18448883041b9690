// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.BundleCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Writes a domain as an OCI bundle. */
public final class BundleOperation {
  /** The name of the script beside {@code config.json}. */
  public static final String SCRIPT = "run.sh";

  private final Driver driver;

  public BundleOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param directory absolute; empty, or not there
   */
  public BundleCompiler.Bundle run(DomainDef declared, Path directory) {
    DomainDef domain = driver.withLayers(declared);
    try {
      BundleCompiler.Bundle bundle =
          BundleCompiler.compile(
              domain,
              driver.probe().facts(domain).withMapping(new GuestMappings(driver).look(domain)),
              paths(domain.name(), directory));
      Files.createDirectories(directory);
      if (!isEmpty(directory)) {
        throw new OperationFailedException(
            "cannot write a bundle to '" + directory + "': the directory is not empty");
      }
      Files.writeString(directory.resolve("config.json"), bundle.config());
      Path script = directory.resolve(SCRIPT);
      Files.writeString(script, bundle.script());
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      return bundle;
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot write a bundle to '" + directory + "': " + failure.getMessage(), failure);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  /** All that a run needs lies in the bundle, beside what the domain has of its own. */
  private DomainPaths paths(String name, Path directory) {
    DomainPaths own = driver.layout().domain(name);
    return new DomainPaths(
        own.definition(),
        directory,
        directory,
        own.log(),
        own.crunRoot(),
        "/" + name + "-bundle",
        name);
  }
}
