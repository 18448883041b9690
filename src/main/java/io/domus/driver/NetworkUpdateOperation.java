// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.ActiveNetwork;
import io.domus.compiler.NetworkOrder;
import io.domus.compiler.NetworkUpdateCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPort;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.NetworkRecord;
import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Changes a part of a network: of its definition, of its run, or of both. */
public final class NetworkUpdateOperation {
  private final Driver driver;

  public NetworkUpdateOperation(Driver driver) {
    this.driver = driver;
  }

  /** What is to be done to which part. */
  public record Update(
      NetworkSection section, NetworkEdit.Change change, NetworkEdit.Fragment fragment) {}

  /**
   * Where it is done.
   *
   * @param config to the stored definition
   * @param live to the run
   */
  public record Scope(boolean config, boolean live) {
    /** As virsh says it. */
    public String text() {
      return config && live
          ? "persistent config and live state"
          : live ? "live state" : "persistent config";
    }
  }

  /** The run if there is one, else the definition: what an update means that says nothing. */
  public Scope present(String name) {
    try {
      boolean active = driver.networkStatuses().read(name).isPresent();
      return new Scope(!active, active);
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** All of it or nothing; the definition is stored last. */
  public void run(String name, Update update, Scope scope) {
    try (NetworkJob job =
        scope.live()
            ? NetworkJob.beginOnHost(driver, cannot(name))
            : NetworkJob.begin(driver, cannot(name))) {
      Optional<NetworkRecord> record = job.record(name);
      Optional<NetworkDefinition> stored =
          scope.config() ? Optional.of(edited(name, update)) : Optional.empty();
      if (scope.live()) {
        NetworkRecord run = active(name, record);
        byte[] bytes = edited(name, run, update);
        Plan plan = plan(name, run, bytes);
        NetworkGate.check(plan);
        String text = Base64.getEncoder().encodeToString(bytes);
        new NetworkSequence(driver).run(name, plan, run.changed(text));
      }
      if (stored.isPresent()) {
        new NetworkDefineOperation(driver).store(stored.get());
      }
      driver.events().appendNetwork(name, "updated", update.section().text());
    } catch (ConfigUnsupportedException missing) {
      throw missing;
    } catch (IOException | StepFailedException failure) {
      throw failed(name, failure);
    }
  }

  /** What {@link #run} would do to the run; empty if it is only about the definition. */
  public Optional<Plan> rehearse(String name, Update update, Scope scope) {
    try {
      if (scope.config()) {
        edited(name, update);
      }
      if (!scope.live()) {
        return Optional.empty();
      }
      NetworkRecord run = active(name, driver.networkStatuses().read(name));
      return Optional.of(plan(name, run, edited(name, run, update)));
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  private static NetworkRecord active(String name, Optional<NetworkRecord> record) {
    return record.orElseThrow(
        () -> new OperationInvalidException("network '" + name + "' is not active"));
  }

  /** The stored definition after the change. */
  private NetworkDefinition edited(String name, Update update) throws IOException {
    byte[] stored =
        driver
            .networks()
            .read(name)
            .orElseThrow(
                () -> new OperationInvalidException(cannot(name) + ": it has no definition"));
    // One that was edited in place and is no longer valid says so here.
    new NetworkDefinitionReader(driver).stored(name);
    return new NetworkDefinitionReader(driver)
        .parse(updated(name), apply(file(name), stored, update));
  }

  private byte[] edited(String name, NetworkRecord run, Update update) {
    byte[] bytes = Base64.getDecoder().decode(run.definition());
    return apply("the running network '" + name + "'", bytes, update);
  }

  /** What messages about lines call what is not stored, or not stored yet. */
  private String updated(String name) {
    return file(name) + " (updated)";
  }

  private String file(String name) {
    return driver.layout().network(name).definition().toString();
  }

  private static byte[] apply(String file, byte[] bytes, Update update) {
    return NetworkEdit.apply(
        XmlSource.of(file, bytes), update.section(), update.change(), update.fragment());
  }

  private Plan plan(String name, NetworkRecord run, byte[] bytes) throws IOException {
    NetworkDefinitionReader definitions = new NetworkDefinitionReader(driver);
    NetworkRuns runs = new NetworkRuns(driver);
    // What was put together has no lines that anybody has seen.
    NetworkDefinition changed = definitions.parse("", bytes);
    NetworkOrder after =
        runs.order(NetworkDefinitionReader.with(changed, run.identity()).network());
    checkKept(after.network());
    return NetworkUpdateCompiler.compile(
        runs.order(definitions.recorded(name, run).network()),
        after,
        new NetworkProbe(driver).facts(name));
  }

  /** What is kept for one guest must not be what another one has, who runs. */
  private static void checkKept(ActiveNetwork network) {
    NetworkDef definition = network.definition();
    for (NetworkIp ip : definition.addressing().addresses()) {
      for (NetworkDhcp.Host host : ip.dhcp().map(NetworkDhcp::hosts).orElse(List.of())) {
        for (NetworkPort port : network.ports()) {
          boolean others = host.mac().filter(mac -> !mac.equalsIgnoreCase(port.mac())).isPresent();
          if (others && port.addresses().contains(host.address())) {
            throw new ResourceBusyException(
                "%s: %s is the address of domain '%s', which runs"
                    .formatted(cannot(definition.name()), host.address(), port.domain()));
          }
        }
      }
    }
  }

  private static String cannot(String name) {
    return "cannot update network '" + name + "'";
  }

  private static OperationFailedException failed(String name, Exception failure) {
    return new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
  }
}
