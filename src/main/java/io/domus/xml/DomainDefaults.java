// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.domain.NetInterface;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.TextBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** Fills in what a definition leaves out, as libvirt does. Nothing here is random. */
public final class DomainDefaults {
  private DomainDefaults() {}

  /** Completes what is read, before the rules look at it. */
  static void complete(DomainBean domain) {
    if (domain.currentMemory == null) {
      domain.currentMemory = domain.memory;
    }
    domain.vcpu = orText(domain.vcpu, "1");
    domain.onPoweroff = orText(domain.onPoweroff, "destroy");
    domain.onReboot = orText(domain.onReboot, "restart");
    domain.onCrash = orText(domain.onCrash, "destroy");
    if (domain.devices != null) {
      for (FilesystemBean filesystem : domain.devices.filesystems) {
        filesystem.type = filesystem.type == null ? "mount" : filesystem.type;
      }
    }
  }

  private static TextBean orText(TextBean present, String otherwise) {
    if (present != null) {
      return present;
    }
    TextBean text = new TextBean();
    text.value = otherwise;
    return text;
  }

  /**
   * Gives a domain the identity that was generated when it was defined: whatever the file says
   * itself stays.
   *
   * @param macs hardware addresses for the interfaces that have none, in order
   */
  public static DomainDef withIdentity(DomainDef domain, UUID uuid, List<String> macs) {
    Deque<String> left = new ArrayDeque<>(macs);
    List<NetInterface> interfaces = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      interfaces.add(each.mac().isPresent() || left.isEmpty() ? each : each.withMac(left.pop()));
    }
    return domain.withInterfaces(interfaces).withIdentity(domain.uuid().orElse(uuid));
  }
}
