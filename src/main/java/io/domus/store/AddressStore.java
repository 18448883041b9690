// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which guest of a network has which addresses, or had them last: a JSON line each, the longest
 * unused first. Whoever changes it holds the lock of the networks.
 */
public final class AddressStore {
  private final NetworkPaths paths;

  public AddressStore(NetworkPaths paths) {
    this.paths = paths;
  }

  public List<NetworkReservation> all() throws IOException {
    List<NetworkReservation> all = new ArrayList<>();
    String text;
    try {
      text = Files.readString(paths.addresses());
    } catch (NoSuchFileException none) {
      return all;
    }
    try {
      for (String line : text.lines().toList()) {
        all.add(parse(JSON.std.mapFrom(line)));
      }
      return all;
    } catch (IOException | RuntimeException fault) {
      throw new IOException(
          "unreadable addresses " + paths.addresses() + ": " + fault.getMessage(), fault);
    }
  }

  public void write(List<NetworkReservation> all) throws IOException {
    StringBuilder text = new StringBuilder();
    for (NetworkReservation reservation : all) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("mac", reservation.mac());
      reservation.name().ifPresent(name -> tree.put("name", name));
      tree.put("addresses", reservation.addresses().stream().map(Object::toString).toList());
      tree.put("active", reservation.active());
      text.append(JSON.std.asString(tree)).append('\n');
    }
    AtomicFile.write(paths.addresses(), text.toString());
  }

  private static NetworkReservation parse(Map<String, Object> tree) {
    return new NetworkReservation(
        (String) tree.get("mac"),
        Optional.ofNullable((String) tree.get("name")),
        PortStore.addresses(tree.get("addresses")),
        (Boolean) tree.get("active"));
  }
}
