// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which guest of a network has which addresses, or had them last, a JSON line each, is durable. Who
 * of them is connected, and who was longest ago, is in a file beside it: it changes with every
 * start and end, and is no loss if the host crashes. Whoever changes them holds the lock of the
 * networks.
 */
public final class AddressStore {
  private static final String CONNECTED = "connected";
  private static final String GONE = "gone";

  private final NetworkPaths paths;

  public AddressStore(NetworkPaths paths) {
    this.paths = paths;
  }

  /** The longest unused first. */
  public List<NetworkReservation> all() throws IOException {
    Map<String, NetworkReservation> kept = kept();
    List<NetworkReservation> all = new ArrayList<>();
    users()
        .forEach(
            (mac, active) -> {
              NetworkReservation known = kept.remove(mac);
              if (known != null) {
                all.add(active ? known.taken() : known);
              }
            });
    all.addAll(0, kept.values());
    return all;
  }

  /** None of them counts as connected. */
  private Map<String, NetworkReservation> kept() throws IOException {
    Map<String, NetworkReservation> kept = new LinkedHashMap<>();
    try {
      for (String line : text(paths.addresses()).lines().toList()) {
        NetworkReservation reservation = parse(JSON.std.mapFrom(line));
        kept.put(reservation.mac(), reservation);
      }
      return kept;
    } catch (IOException | RuntimeException fault) {
      throw new IOException(
          "unreadable addresses " + paths.addresses() + ": " + fault.getMessage(), fault);
    }
  }

  /** By the address of the interface, in the order of use: whether it is connected. */
  private Map<String, Boolean> users() throws IOException {
    Map<String, Boolean> users = new LinkedHashMap<>();
    for (String line : text(paths.users()).lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length == 2) {
        users.put(words[0], words[1].equals(CONNECTED));
      }
    }
    return users;
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  public void write(List<NetworkReservation> all) throws IOException {
    StringBuilder users = new StringBuilder();
    Set<NetworkReservation> wanted = new HashSet<>();
    for (NetworkReservation each : all) {
      users.append(each.mac()).append(' ').append(each.active() ? CONNECTED : GONE).append('\n');
      wanted.add(each.released());
    }
    if (!wanted.equals(Set.copyOf(kept().values()))) {
      AtomicFile.write(paths.addresses(), text(all));
    }
    AtomicFile.writeForNow(paths.users(), users.toString());
  }

  private static String text(List<NetworkReservation> all) throws IOException {
    StringBuilder text = new StringBuilder();
    for (NetworkReservation reservation : all) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("mac", reservation.mac());
      reservation.name().ifPresent(name -> tree.put("name", name));
      tree.put("addresses", reservation.addresses().stream().map(Object::toString).toList());
      text.append(JSON.std.asString(tree)).append('\n');
    }
    return text.toString();
  }

  private static NetworkReservation parse(Map<String, Object> tree) {
    return new NetworkReservation(
        (String) tree.get("mac"),
        Optional.ofNullable((String) tree.get("name")),
        PortStore.addresses(tree.get("addresses")),
        false);
  }
}
