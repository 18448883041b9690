// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.NetworkCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NetworkExistsException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.NetworkIdentity;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;

/** Starts a network: one that is defined, or one from a file that is not kept. */
public final class NetworkStartOperation {
  private final Driver driver;

  public NetworkStartOperation(Driver driver) {
    this.driver = driver;
  }

  public Plan run(String name) {
    try (NetworkJob job = NetworkJob.beginOnHost(driver, cannot(name))) {
      if (job.record(name).isPresent()) {
        throw new OperationInvalidException("network '" + name + "' is active already");
      }
      return start(new NetworkDefinitionReader(driver).stored(name), false);
    } catch (IOException | StepFailedException failure) {
      throw failed(name, failure);
    }
  }

  /**
   * A network that is gone when it ends. One that is defined under this name is started in its
   * place if it does not run, as libvirt does it.
   */
  public NetworkDefinition create(String file, byte[] bytes) {
    NetworkDefinition definition = new NetworkDefinitionReader(driver).parse(file, bytes);
    String name = definition.network().name();
    try (NetworkJob _ = NetworkJob.beginOnHost(driver, cannot(name))) {
      if (driver.networkStatuses().read(name).isPresent()) {
        throw new NetworkExistsException("network '" + name + "' is active already");
      }
      new NetworkIdentities(driver).check(definition);
      boolean lasting = driver.networks().exists(name);
      try {
        start(definition, !lasting);
      } catch (RuntimeException | IOException | StepFailedException failure) {
        NetworkSequence.removeTraces(driver, name);
        throw failure;
      }
      return definition;
    } catch (IOException | StepFailedException failure) {
      throw failed(name, failure);
    }
  }

  /** Defines it in one go with the start, if it starts. */
  private Plan start(NetworkDefinition given, boolean transientNetwork)
      throws IOException, StepFailedException {
    String name = given.network().name();
    NetworkIdentity identity = new NetworkIdentities(driver).of(given.network());
    NetworkDefinition definition = NetworkDefinitionReader.with(given, identity);
    Plan plan = plan(definition);
    try {
      NetworkGate.check(plan);
    } catch (ConfigUnsupportedException missing) {
      throw new ConfigUnsupportedException(cannot(name) + ": " + missing.getMessage(), missing);
    }
    new NetworkSequence(driver)
        .run(
            name,
            plan,
            new NetworkRecord(
                NetworkRecord.Phase.ACTIVE,
                transientNetwork,
                Base64.getEncoder().encodeToString(definition.bytes()),
                identity,
                Instant.now(),
                0));
    driver.events().appendNetwork(name, "started", "");
    return plan;
  }

  private Plan plan(NetworkDefinition definition) throws IOException {
    return NetworkCompiler.compile(
        new NetworkRuns(driver).order(definition.network()),
        new NetworkProbe(driver).facts(definition.network().name()));
  }

  /** What {@link #run} would do. */
  public Plan rehearse(String name) {
    try {
      if (driver.networkStatuses().read(name).isPresent()) {
        throw new OperationInvalidException("network '" + name + "' is active already");
      }
      return plan(chosen(new NetworkDefinitionReader(driver).stored(name)));
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** What {@link #create} would do. */
  public Plan rehearse(String file, byte[] bytes) {
    NetworkDefinition definition = new NetworkDefinitionReader(driver).parse(file, bytes);
    String name = definition.network().name();
    try {
      if (driver.networkStatuses().read(name).isPresent()) {
        throw new NetworkExistsException("network '" + name + "' is active already");
      }
      return plan(chosen(definition));
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** What a start would choose, without choosing it. */
  private NetworkDefinition chosen(NetworkDefinition definition) throws IOException {
    return NetworkDefinitionReader.with(
        definition, new NetworkIdentities(driver).rehearse(definition.network()));
  }

  private static String cannot(String name) {
    return "cannot start network '" + name + "'";
  }

  private static OperationFailedException failed(String name, Exception failure) {
    return new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
  }
}
