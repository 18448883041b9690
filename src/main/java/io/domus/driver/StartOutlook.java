// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LinkRefusals;
import io.domus.compiler.Refusal;
import io.domus.compiler.SessionRules;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.xml.FaultText;
import io.domus.xml.Remarks;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known beforehand of the start of a definition that is only stored or looked at. */
public final class StartOutlook {
  private static final String REFUSED = "start.refused";
  private static final String PREFIX = "start.prefix";
  private static final String SHARED_PORT = "start.shared-port";

  private final Driver driver;

  StartOutlook(Driver driver) {
    this.driver = driver;
  }

  /** What is refused in every session, as warnings about the lines that ask for it. */
  public static void remark(DomainDef domain, Remarks remarks) {
    SessionRules.refusals(domain).forEach(refusal -> add(refusal, remarks));
  }

  private static void add(Refusal refusal, Remarks remarks) {
    remarks.add(REFUSED, refusal.origin(), "start will refuse this: " + refusal.text());
  }

  private static void doubt(NetInterface each, NetworkDef network, Remarks remarks) {
    LinkRefusals.doubts(each, network)
        .forEach(doubt -> remarks.add(PREFIX, doubt.origin(), doubt.text()));
  }

  /** What is said of a network, as it is now. */
  private void network(NetInterface each, Remarks remarks) {
    String name = each.type().equals("network") ? each.source().get("network") : "";
    if (name.isEmpty()) {
      return;
    }
    NetworkLookup networks = new NetworkLookup(driver);
    if (!networks.isThere(name)) {
      String missing = new NoSuchNetworkException(name, networks.names()).getMessage();
      add(new Refusal(missing, each.origin()), remarks);
      return;
    }
    try {
      NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
      LinkRefusals.of(each, network).forEach(refusal -> add(refusal, remarks));
      doubt(each, network, remarks);
    } catch (InvalidDefinitionException unreadable) {
      String invalid = "the definition of network '" + name + "' is not valid";
      add(new Refusal(invalid, each.origin()), remarks);
    }
  }

  /** What is said of the bridge of a network, without the network's name. */
  private void bridge(NetInterface each, Remarks remarks) {
    if (!each.type().equals("bridge") || each.addresses().isEmpty()) {
      return;
    }
    for (String name : new NetworkLookup(driver).names()) {
      try {
        NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
        if (LinkRefusals.isOnBridgeOf(each, network)) {
          LinkRefusals.of(each, network).forEach(refusal -> add(refusal, remarks));
          doubt(each, network, remarks);
        }
      } catch (InvalidDefinitionException unreadable) {
        // Whoever looks at that network is told of it.
        continue;
      }
    }
  }

  /** A definition with the warnings that whoever stores it should see. */
  Definition on(String file, Definition definition) {
    return definition.withWarnings(of(file, definition));
  }

  /** These warnings alone. */
  List<String> of(String file, Definition definition) {
    Remarks remarks = Remarks.on(XmlSource.of(file, definition.bytes()));
    if (driver.layout().isSession()) {
      remark(definition.domain(), remarks);
    } else {
      LinkRefusals.of(definition.domain()).forEach(refusal -> add(refusal, remarks));
      definition.domain().interfaces().forEach(each -> network(each, remarks));
      definition.domain().interfaces().forEach(each -> bridge(each, remarks));
    }
    ports(definition.domain(), remarks);
    AwaitedNames.remark(driver, file, definition, remarks);
    return remarks.sorted().stream().map(FaultText::render).toList();
  }

  private void ports(DomainDef domain, Remarks remarks) {
    if (published(domain).isEmpty()) {
      return;
    }
    Map<String, DomainDef> others = others(domain.name());
    for (NetInterface each : domain.interfaces()) {
      for (NetInterface.Publish publish : each.published()) {
        others.forEach(
            (name, other) -> {
              if (published(other).stream().anyMatch(its -> PublishedPorts.clash(publish, its))) {
                remarks.add(
                    SHARED_PORT,
                    each.origin(),
                    "%s port %d is published by domain '%s', too: only one of the two can run"
                        .formatted(publish.protocol(), publish.host(), name));
              }
            });
      }
    }
  }

  private static List<NetInterface.Publish> published(DomainDef domain) {
    return domain.interfaces().stream().flatMap(each -> each.published().stream()).toList();
  }

  /** Those that may publish something; of one that is not valid nothing is known. */
  private Map<String, DomainDef> others(String name) {
    Map<String, DomainDef> others = new TreeMap<>();
    try {
      for (String other : driver.definitions().names()) {
        byte[] bytes = driver.definitions().read(other).orElse(new byte[0]);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // To read all of them takes time. In UTF-16 every other byte is 0.
        if (!other.equals(name) && (text.contains("<publish") || text.indexOf(0) >= 0)) {
          try {
            others.put(other, new DefinitionReader(driver).stored(other).domain());
          } catch (DomainException invalid) {
            continue;
          }
        }
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the definitions of other domains: " + failure.getMessage(), failure);
    }
    return others;
  }
}
