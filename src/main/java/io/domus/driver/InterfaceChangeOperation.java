// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.NearestName;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.DomainRecord;
import io.domus.xml.InterfaceEdit;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Changes an interface of a domain: of the guest that runs, of the stored definition, or of both.
 */
public final class InterfaceChangeOperation {
  private final Driver driver;

  public InterfaceChangeOperation(Driver driver) {
    this.driver = driver;
  }

  /** Says what is to be done to a definition whose interfaces all have a hardware address. */
  @FunctionalInterface
  public interface Choice {
    InterfaceEdit.Change of(DomainDef domain);
  }

  /** The guest if it runs, else the definition: what a change means that says nothing. */
  public NetworkUpdateOperation.Scope present(String name) {
    boolean active = new DomainView(driver).one(name).condition().state().active();
    return new NetworkUpdateOperation.Scope(!active, active);
  }

  /**
   * What a stored definition can be asked for, too: the hardware address of what is called so while
   * the guest runs, or else the word itself.
   */
  public String lasting(String name, String called) {
    return present(name).live()
        ? new InterfaceView(driver)
            .rows(name, false).stream()
                .filter(row -> row.isCalled(called))
                .map(InterfaceView.Row::mac)
                .findFirst()
                .orElse(called)
        : called;
  }

  /**
   * The definition is checked first and stored last.
   *
   * @return what the next start will refuse of it, if it was to be changed
   */
  public List<String> run(String name, Choice choice, NetworkUpdateOperation.Scope scope) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "change interfaces of")) {
      if (scope.live() && !job.state().active()) {
        throw new OperationInvalidException("domain '" + name + "' is not running");
      }
      Optional<byte[]> stored =
          scope.config() ? Optional.of(edited(name, choice)) : Optional.empty();
      if (scope.live()) {
        DomainRecord record = job.record().orElseThrow();
        LiveLinkChange live = new LiveLinkChange(driver, name, record);
        live.apply(choice.of(live.present()));
      }
      if (stored.isPresent()) {
        driver.definitions().replace(name, stored.get());
        driver
            .events()
            .append(
                name,
                new DefinitionReader(driver).uuid(name),
                LifecycleEvent.DEFINED_UPDATED,
                "interfaces");
      }
      if (scope.live()) {
        driver.note(name, "interfaces", "");
      }
      return stored.isPresent() ? outlook(name) : List.of();
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot change interfaces of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private List<String> outlook(String name) {
    String file = driver.layout().definition(name).toString();
    return new StartOutlook(driver).of(file, new DefinitionReader(driver).stored(name));
  }

  private byte[] edited(String name, Choice choice) {
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException(
          "cannot change the definition of transient domain '" + name + "'");
    }
    Definition stored = new DefinitionReader(driver).stored(name);
    String file = driver.layout().definition(name).toString();
    DomainDef before = GuestMac.complete(stored.domain());
    return InterfaceEdit.keeping(XmlSource.of(file, stored.bytes()), choice.of(before), before);
  }

  /**
   * The place of an interface among those of a domain.
   *
   * @param called a device's name or a hardware address
   */
  public static int find(DomainDef domain, String called) {
    List<InterfaceView.Row> all = InterfaceView.rows(domain);
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).isCalled(called)) {
        return index;
      }
    }
    throw none(
        domain,
        "interface '" + called + "'",
        called,
        all.stream().flatMap(row -> row.names().stream()).toList(),
        all.stream().map(InterfaceChangeOperation::shown).toList());
  }

  private static String shown(InterfaceView.Row row) {
    return row.name().map(name -> name + " (" + row.mac() + ")").orElse(row.mac());
  }

  /**
   * @param known what may have been meant
   * @param shown what there is, if nothing is near
   */
  private static OperationInvalidException none(
      DomainDef domain, String what, String called, List<String> known, List<String> shown) {
    String hint = NearestName.hint(called, known);
    if (domain.interfaces().isEmpty()) {
      hint = ": it has none";
    } else if (hint.isEmpty()) {
      hint = ", only " + String.join(", ", shown);
    }
    return new OperationInvalidException("domain '" + domain.name() + "' has no " + what + hint);
  }

  /**
   * The only interface of a type.
   *
   * @param mac which one, if there are several
   */
  public static int find(DomainDef domain, String type, Optional<String> mac) {
    int found = -1;
    List<NetInterface> all = domain.interfaces();
    for (int index = 0; index < all.size(); index++) {
      NetInterface each = all.get(index);
      boolean meant =
          each.type().equals(type)
              && (mac.isEmpty() || each.mac().filter(mac.get()::equalsIgnoreCase).isPresent());
      if (meant && found >= 0) {
        throw new OperationInvalidException(
            "domain '"
                + domain.name()
                + "' has several interfaces of type "
                + type
                + ": say which by its MAC address (--mac)");
      }
      found = meant ? index : found;
    }
    if (found < 0) {
      List<String> macs =
          all.stream()
              .filter(each -> each.type().equals(type))
              .flatMap(each -> each.mac().stream())
              .toList();
      throw mac.isPresent() && !macs.isEmpty()
          ? none(
              domain,
              "interface of type %s with MAC address %s".formatted(type, mac.get()),
              mac.get().toLowerCase(Locale.ROOT),
              macs,
              macs)
          : none(domain, "interface of type " + type, type, types(all), types(all));
    }
    return found;
  }

  private static List<String> types(List<NetInterface> all) {
    return all.stream().map(NetInterface::type).distinct().toList();
  }
}
