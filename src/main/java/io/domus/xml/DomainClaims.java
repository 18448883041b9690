// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.xml.bind.AfterBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.InterfaceBean;
import io.domus.xml.bind.PublishBean;
import java.util.List;

/** What a domain claims among others. One with errors claims its names all the same. */
final class DomainClaims {
  private DomainClaims() {}

  static DefinitionSummary summary(String file, DomainBean domain, Faults faults) {
    Claims claims = new Claims(faults);
    claims.name(domain.name);
    claims.uuid(domain.uuid);
    if (domain.devices != null) {
      for (InterfaceBean each : domain.devices.interfaces) {
        if (each.mac != null) {
          claims.mac(each.mac, each.mac.address);
        }
        if (each.source != null) {
          claims.attribute(Claim.Role.MEMBER, each.source, "network", each.source.network);
          claims.ofNetwork(
              Claim.Role.CONNECTION,
              each.source,
              "portgroup",
              each.source.network,
              each.source.portgroup);
        }
      }
    }
    if (domain.autostart != null) {
      for (AfterBean after : domain.autostart.after) {
        claims.attribute(Claim.Role.AFTER, after, "domain", after.domain);
      }
    }
    if (!faults.failed()) {
      new PathClaims(claims).collect(domain.devices);
      domain.devices.interfaces.forEach(each -> places(each, claims));
      domain.devices.interfaces.forEach(each -> ports(each, claims));
    }
    return new DefinitionSummary(file, DocumentKind.DOMAIN, claims.all());
  }

  private static void ports(InterfaceBean each, Claims claims) {
    for (PublishBean publish : each.published) {
      String port =
          "%s port %d"
              .formatted(
                  DomainMapping.token(publish.protocol).orElse("tcp"),
                  DomainMapping.number(publish.host));
      String address =
          publish.address == null ? "" : "/" + NetworkForwardMapping.address(publish.address);
      claims.attribute(Claim.Role.PUBLISHED, publish, "host", port + address);
    }
  }

  /** One with a peer is on a line of its own. */
  private static void places(InterfaceBean each, Claims claims) {
    if (each.type.strip().equals("network")) {
      List<IpAddress> own =
          each.addresses.stream().map(bean -> NetworkForwardMapping.address(bean.address)).toList();
      each.published.forEach(
          bean ->
              claims.ofNetwork(
                  Claim.Role.PUBLISHED_IN,
                  bean,
                  "host",
                  each.source.network,
                  new PublishedClaim(InterfaceRules.address(bean), own).text()));
      addresses(each, Claim.Role.GUEST_ADDRESS, each.source.network, claims);
      prefixes(each, Claim.Role.GUEST_PREFIX, each.source.network, claims);
    } else if (each.type.strip().equals("bridge")) {
      addresses(each, Claim.Role.BRIDGE_ADDRESS, each.source.bridge, claims);
      prefixes(each, Claim.Role.BRIDGE_PREFIX, each.source.bridge, claims);
    }
  }

  private static void addresses(InterfaceBean each, Claim.Role role, String place, Claims claims) {
    each.addresses.stream()
        .filter(bean -> bean.peer == null)
        .forEach(
            bean ->
                claims.ofNetwork(
                    role,
                    bean,
                    "address",
                    place,
                    NetworkForwardMapping.address(bean.address).toString()));
  }

  private static void prefixes(InterfaceBean each, Claim.Role role, String place, Claims claims) {
    each.addresses.stream()
        .filter(bean -> bean.peer == null && bean.prefix != null)
        .forEach(
            bean ->
                claims.ofNetwork(
                    role,
                    bean,
                    "prefix",
                    place,
                    NetworkForwardMapping.address(bean.address)
                        + "/"
                        + DomainMapping.number(bean.prefix)));
  }
}
