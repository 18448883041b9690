// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpSubnet;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.TextBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the claims of one document, with their places. */
final class Claims {
  private final Faults faults;
  private final List<Claim> claims = new ArrayList<>();

  Claims(Faults faults) {
    this.faults = faults;
  }

  List<Claim> all() {
    return claims;
  }

  void name(TextBean bean) {
    if (bean != null && bean.value != null) {
      add(Claim.Role.NAME, bean.value.strip(), faults.content(bean));
    }
  }

  void uuid(TextBean bean) {
    if (bean != null && bean.value != null) {
      String compared = bean.value.strip().replace("-", "").toLowerCase(Locale.ROOT);
      add(Claim.Role.UUID, compared, faults.content(bean));
    }
  }

  void mac(Located bean, String address) {
    if (address != null) {
      String compared = address.strip().toLowerCase(Locale.ROOT);
      add(Claim.Role.MAC, compared, faults.attribute(bean, "address"));
    }
  }

  void attribute(Claim.Role role, Located bean, String attribute, String value) {
    if (value != null) {
      add(role, value.strip(), faults.attribute(bean, attribute));
    }
  }

  /** Something of a network: its name has no slash. */
  void ofNetwork(Claim.Role role, Located bean, String attribute, String network, String value) {
    if (network != null && value != null) {
      attribute(role, bean, attribute, network.strip() + "/" + value.strip());
    }
  }

  void subnet(Claim.Role role, Located bean, IpSubnet subnet) {
    attribute(role, bean, "address", subnet.address() + "/" + subnet.prefix());
  }

  /** A path that the rules found to be one. */
  void path(Claim.Role role, Located bean, String attribute, String path) {
    add(role, Path.of(path).normalize().toString(), faults.attribute(bean, attribute));
  }

  private void add(Claim.Role role, String value, Position at) {
    if (!value.isEmpty()) {
      claims.add(new Claim(role, value, at, faults.text().excerpt(at)));
    }
  }
}
