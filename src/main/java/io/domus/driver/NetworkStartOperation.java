// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.NetworkCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NetworkDef;
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
import java.util.Objects;
import java.util.Optional;

/** Starts a network: one that is defined, or one from a file that is not kept. */
public final class NetworkStartOperation {
  private final Driver driver;

  public NetworkStartOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * What was done.
   *
   * @param again whether the network ran and has been given back what it had lost
   */
  public record Started(Plan plan, boolean again) {
    public Started {
      Objects.requireNonNull(plan, "plan");
    }
  }

  public Started run(String name) {
    try (NetworkJob job = NetworkJob.beginOnHost(driver, cannot(name))) {
      Optional<NetworkRecord> record = job.record(name);
      if (record.isEmpty()) {
        return new Started(start(new NetworkDefinitionReader(driver).stored(name), false), false);
      }
      Plan plan = mending(name, record.get());
      NetworkGate.check(plan);
      NetworkRecord run = record.get();
      new NetworkSequence(driver).run(name, plan, run.changed(run.definition()));
      driver.events().appendNetwork(name, "recovered", "dnsmasq was started again");
      return new Started(plan, true);
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

  /**
   * What gives a network that runs back what it has lost.
   *
   * @throws OperationInvalidException if that is nothing, or more than can be done around its
   *     guests
   */
  private Plan mending(String name, NetworkRecord record) throws IOException {
    NetworkDef network = new NetworkDefinitionReader(driver).recorded(name, record).network();
    Optional<NetworkLoss> loss = NetworkLoss.of(driver, network);
    if (loss.isEmpty()) {
      throw new OperationInvalidException("network '" + name + "' is active already");
    }
    return switch (loss.get()) {
      case SERVER ->
          NetworkCompiler.serveAgain(
              new NetworkRuns(driver).order(network), new NetworkProbe(driver).facts(name));
      case BRIDGE ->
          throw new OperationInvalidException(
              "%s: it is active, and its bridge '%s' is lost (net-destroy --force %s ends it, and"
                      .formatted(cannot(name), network.bridge().name().orElseThrow(), name)
                  + " net-start connects its domains again)");
    };
  }

  private Plan plan(NetworkDefinition definition) throws IOException {
    return NetworkCompiler.compile(
        new NetworkRuns(driver).order(definition.network()),
        new NetworkProbe(driver).facts(definition.network().name()));
  }

  /** What {@link #run} would do. */
  public Plan rehearse(String name) {
    try {
      Optional<NetworkRecord> record = driver.networkStatuses().read(name);
      return record.isPresent()
          ? mending(name, record.get())
          : plan(chosen(new NetworkDefinitionReader(driver).stored(name)));
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
