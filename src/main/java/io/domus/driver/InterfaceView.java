// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LinkFacts;
import io.domus.compiler.LinkResolver;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationInvalidException;
import io.domus.store.DomainRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is known of the interfaces of domains. */
public final class InterfaceView {
  private static final String USER = "user";

  private final Driver driver;

  public InterfaceView(Driver driver) {
    this.driver = driver;
  }

  /**
   * An interface in a list.
   *
   * @param device the host's end; empty while the domain is off, unless its definition names it
   * @param guest as the guest calls it
   * @param source what it leads to
   */
  public record Row(
      Optional<String> device,
      Optional<String> guest,
      String type,
      Optional<String> source,
      String mac,
      boolean up) {
    public Row {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(guest, "guest");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(mac, "mac");
    }

    /** What it is called on this side: the host's end, or the only one that has a name. */
    public Optional<String> name() {
      return type.equals(USER) ? guest : device;
    }

    /** All by which it can be meant. */
    List<String> names() {
      List<String> names = new ArrayList<>(List.of(mac));
      device.ifPresent(names::add);
      guest.ifPresent(names::add);
      return names;
    }

    private Row withGuest(String name) {
      return new Row(device, Optional.of(name), type, source, mac, up);
    }

    /** Whether somebody means this one. */
    public boolean isCalled(String name) {
      return device.equals(Optional.of(name))
          || guest.equals(Optional.of(name))
          || mac.equalsIgnoreCase(name);
    }
  }

  /** An address of a guest. */
  public record Address(Row row, IpAddress address, int prefix) {
    public Address {
      Objects.requireNonNull(row, "row");
      Objects.requireNonNull(address, "address");
    }
  }

  /**
   * @param inactive what the next start will use, also if the domain runs
   */
  public List<Row> rows(String domain, boolean inactive) {
    return rows(definition(domain, inactive));
  }

  /** Of a definition whose interfaces have their hardware addresses. */
  static List<Row> rows(DomainDef domain) {
    List<String> guests = LinkResolver.guestNames(domain);
    List<Row> rows = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      Row row = row(each);
      rows.add(each.type().equals(USER) ? row.withGuest(guests.get(rows.size())) : row);
    }
    return List.copyOf(rows);
  }

  /** The one that is called so. */
  public Row one(String domain, String name, boolean inactive) {
    DomainDef definition = definition(domain, inactive);
    return rows(definition).get(find(definition, name, inactive));
  }

  /**
   * The one that is called so, with the limits that hold: of a guest that runs they are those of
   * its port group where it has none of its own.
   */
  public NetInterface limited(String domain, String name, boolean inactive) {
    DomainDef definition = definition(domain, inactive);
    NetInterface each = definition.interfaces().get(find(definition, name, inactive));
    if (inactive || !each.type().equals("network")) {
      return each;
    }
    Optional<LinkFacts.Place> place =
        new GuestLinks(driver).look(definition.withInterfaces(List.of(each))).getFirst().place();
    return each.withLimits(
        each.inbound().or(() -> place.flatMap(LinkFacts.Place::inbound)),
        each.outbound().or(() -> place.flatMap(LinkFacts.Place::outbound)));
  }

  /** What a guest that runs calls so, a definition calls by its hardware address alone. */
  private int find(DomainDef definition, String name, boolean inactive) {
    String meant =
        inactive ? new InterfaceChangeOperation(driver).lasting(definition.name(), name) : name;
    return InterfaceChangeOperation.find(definition, meant);
  }

  /** Those that a guest which runs was given. */
  public List<Address> addresses(String domain) {
    Optional<DomainRecord> record = new DomainView(driver).record(domain);
    if (record.filter(LiveState::guestAlive).isEmpty()) {
      throw new OperationInvalidException("domain '" + domain + "' is not running");
    }
    List<Address> addresses = new ArrayList<>();
    int init = record.get().init().orElseThrow().pid();
    for (NetInterface defined : withAddresses(definition(domain, false)).interfaces()) {
      NetInterface each =
          defined.type().equals(USER)
              ? new GuestAddresses(driver.runner()).complete(defined, init)
              : defined;
      for (NetInterface.Address address : each.addresses()) {
        IpAddress parsed = IpAddress.parse(address.address()).orElseThrow();
        addresses.add(
            new Address(
                row(each),
                parsed,
                address.prefix().orElseGet(() -> IpSubnet.defaultPrefix(parsed))));
      }
    }
    return addresses;
  }

  /**
   * A definition with the interfaces as they are: all hardware addresses, and, of a guest that
   * runs, the names that were chosen and the addresses that were reserved.
   */
  public DomainDef shown(DomainDef domain) {
    boolean runs =
        new DomainView(driver).record(domain.name()).filter(LiveState::guestAlive).isPresent();
    DomainDef complete = GuestMac.complete(domain);
    return runs ? withAddresses(complete) : complete;
  }

  private DomainDef definition(String domain, boolean inactive) {
    DefinitionReader definitions = new DefinitionReader(driver);
    Definition definition = inactive ? definitions.stored(domain) : definitions.present(domain);
    return GuestMac.complete(definition.domain());
  }

  private DomainDef withAddresses(DomainDef domain) {
    List<NetInterface> interfaces = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      interfaces.add(each.type().equals("network") ? withAddresses(each) : each);
    }
    return domain.withInterfaces(interfaces);
  }

  /** What the definition says itself goes before. */
  private NetInterface withAddresses(NetInterface each) {
    List<NetInterface.Address> addresses = new ArrayList<>(each.addresses());
    for (LinkFacts.Address reserved :
        new NetworkAttach(driver)
            .reserved(each.source().get("network"), each.mac().orElseThrow())) {
      String family = reserved.address().family().text();
      if (each.addresses().stream().noneMatch(own -> own.family().equals(family))) {
        addresses.add(
            new NetInterface.Address(
                family,
                reserved.address().toString(),
                Optional.of(reserved.prefix()),
                Optional.empty()));
      }
    }
    return each.withAddresses(addresses);
  }

  private static Row row(NetInterface each) {
    Optional<String> source =
        Optional.ofNullable(each.source().get("network"))
            .or(() -> Optional.ofNullable(each.source().get("bridge")))
            .or(() -> Optional.ofNullable(each.source().get("dev")))
            .or(() -> Optional.of(USER).filter(each.type()::equals));
    return new Row(
        each.target(),
        each.guest(),
        each.type(),
        source,
        each.mac().orElseThrow(),
        each.linkUp().orElse(true));
  }
}
