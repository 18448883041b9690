// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LinkRefusals;
import io.domus.compiler.MissingLink;
import io.domus.compiler.Refusal;
import io.domus.domain.DomainDef;
import io.domus.domain.HostDevice;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Origin;
import io.domus.domain.Vlan;
import io.domus.xml.Remarks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is known beforehand of how the host and its networks suit the interfaces of a domain. */
final class LinkOutlook {
  private static final String MISSING = "start.missing";
  private static final String PREFIX = "start.prefix";

  private final Driver driver;
  private final Remarks remarks;

  LinkOutlook(Driver driver, Remarks remarks) {
    this.driver = driver;
    this.remarks = remarks;
  }

  /** Of one of root's. */
  void ofRoot(DomainDef domain) {
    refused(LinkRefusals.of(domain));
    for (NetInterface each : domain.interfaces()) {
      Optional<String> lack = GuestLinks.lack(each);
      lack.ifPresent(what -> missing(what, each.origin()));
      Optional.ofNullable(each.source().get("bridge"))
          .filter(_ -> lack.isEmpty())
          .flatMap(GuestLinks::tagless)
          .ifPresent(tagless -> vlan(each, tagless.refusal()));
      if (each.type().equals("network")) {
        network(each, each.source().get("network"));
      }
      bridge(each);
    }
    for (HostDevice device : domain.hostDevices()) {
      if (device instanceof HostDevice.Link link && !DeviceNames.isThere(link.link())) {
        missing("network device '" + link.link() + "' not found", link.origin());
      }
    }
  }

  /** Of one of an ordinary user's, whatever else is refused of it. */
  void ofSession(DomainDef domain) {
    try {
      for (NetInterface each : domain.interfaces()) {
        for (NetInterface.Publish publish : each.published()) {
          PublishedPorts.roots(publish)
              .ifPresent(why -> refused(why, publish.origin().or(each.origin())));
        }
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot tell which ports are root's: " + failure.getMessage(), failure);
    }
  }

  private void refused(List<Refusal> refusals) {
    refusals.forEach(refusal -> StartOutlook.add(refusal, remarks));
  }

  private void refused(String text, Origin at) {
    refused(List.of(new Refusal(text, at)));
  }

  /** It may come before the start does: a hook may make it. */
  private void missing(String what, Origin at) {
    remarks.add(MISSING, at, what + ", which a start needs");
  }

  private void vlan(NetInterface each, String why) {
    each.hostSide().vlan().map(Vlan::origin).ifPresent(at -> refused(why, at.or(each.origin())));
  }

  /** What is said of a network, as it is now. */
  private void network(NetInterface each, String name) {
    NetworkLookup networks = new NetworkLookup(driver);
    if (!networks.isThere(name)) {
      refused(new NoSuchNetworkException(name, networks.names()).getMessage(), each.origin());
      return;
    }
    try {
      NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
      fits(each, network);
      vlan(each, network);
    } catch (InvalidDefinitionException unreadable) {
      refused("the definition of network '" + name + "' is not valid", each.origin());
    }
  }

  private void fits(NetInterface each, NetworkDef network) {
    refused(LinkRefusals.of(each, network));
    LinkRefusals.doubts(each, network)
        .forEach(doubt -> remarks.add(PREFIX, doubt.origin(), doubt.text()));
  }

  /** What is said of the bridge of a network, without the network's name. */
  private void bridge(NetInterface each) {
    if (!each.type().equals("bridge") || each.addresses().isEmpty()) {
      return;
    }
    for (String name : new NetworkLookup(driver).names()) {
      try {
        NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
        if (LinkRefusals.isOnBridgeOf(each, network)) {
          fits(each, network);
        }
      } catch (InvalidDefinitionException unreadable) {
        // Whoever looks at that network is told of it.
        continue;
      }
    }
  }

  private void vlan(NetInterface each, NetworkDef network) {
    switch (network.forward()) {
      case NetworkForward.Isolated _,
          NetworkForward.Nat _,
          NetworkForward.Route _,
          NetworkForward.Open _ -> {
        // Somebody may have told the one that is there.
        Optional<String> bridge = network.bridge().name().filter(DeviceNames::isThere);
        Optional<String> why =
            bridge.isPresent()
                ? bridge.flatMap(GuestLinks::tagless).map(MissingLink::refusal)
                : Optional.of(
                    "network '%s' makes a bridge that does not heed VLAN tags"
                        .formatted(network.name()));
        why.ifPresent(text -> vlan(each, text));
      }
      case NetworkForward.HostBridge _ ->
          network
              .bridge()
              .name()
              .flatMap(GuestLinks::tagless)
              .ifPresent(tagless -> vlan(each, tagless.refusal()));
      case NetworkForward.Direct _ ->
          vlan(
              each,
              "<vlan> is for an interface on a bridge alone, and network '%s' has none"
                  .formatted(network.name()));
      // Nothing can be connected to it.
      case NetworkForward.HostDevices _ -> {}
    }
  }
}
