// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.AfterBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.InterfaceBean;
import io.domus.xml.bind.TextBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a domain claims among others. One with errors claims its names all the same. */
final class DomainClaims {
  private final Faults faults;
  private final List<Claim> claims = new ArrayList<>();

  private DomainClaims(Faults faults) {
    this.faults = faults;
  }

  static DefinitionSummary summary(String file, DomainBean domain, Faults faults) {
    DomainClaims identity = new DomainClaims(faults);
    identity.text(Claim.Role.NAME, domain.name);
    identity.text(Claim.Role.UUID, domain.uuid);
    if (domain.devices != null) {
      domain.devices.interfaces.forEach(identity::mac);
    }
    if (domain.autostart != null) {
      domain.autostart.after.forEach(identity::after);
    }
    if (!faults.failed()) {
      identity.claims.addAll(PathClaims.of(domain.devices, faults));
    }
    return new DefinitionSummary(file, DocumentKind.DOMAIN, identity.claims);
  }

  private void text(Claim.Role role, TextBean bean) {
    if (bean != null && bean.value != null) {
      String plain = bean.value.strip();
      boolean uuid = role == Claim.Role.UUID;
      String compared = uuid ? plain.replace("-", "").toLowerCase(Locale.ROOT) : plain;
      add(role, compared, faults.content(bean));
    }
  }

  private void mac(InterfaceBean bean) {
    if (bean.mac != null && bean.mac.address != null) {
      String compared = bean.mac.address.strip().toLowerCase(Locale.ROOT);
      add(Claim.Role.MAC, compared, faults.attribute(bean.mac, "address"));
    }
  }

  private void after(AfterBean bean) {
    if (bean.domain != null) {
      add(Claim.Role.AFTER, bean.domain.strip(), faults.attribute(bean, "domain"));
    }
  }

  private void add(Claim.Role role, String value, Position at) {
    if (!value.isEmpty()) {
      claims.add(new Claim(role, value, at, faults.text().excerpt(at)));
    }
  }
}
