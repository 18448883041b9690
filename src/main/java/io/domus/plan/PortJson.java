// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a domain's plan notes of an interface that is connected to a network. */
public final class PortJson {
  private PortJson() {}

  /** One line. */
  public static String render(NetworkPort port) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("domain", port.domain());
    tree.put("mac", port.mac());
    tree.put("device", port.device());
    tree.put("addresses", port.addresses().stream().map(IpAddress::toString).toList());
    List<Map<String, Object>> published = new ArrayList<>();
    for (NetInterface.Publish publish : port.published()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("protocol", publish.protocol());
      publish.address().ifPresent(address -> entry.put("address", address));
      entry.put("host", publish.host());
      entry.put("guest", publish.guest());
      published.add(entry);
    }
    tree.put("published", published);
    try {
      return JSON.std.asString(tree) + "\n";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
