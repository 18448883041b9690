// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressStoreTest {
  private static final NetworkReservation WEB = reservation("52:54:00:00:00:01", "192.0.2.7");
  private static final NetworkReservation MAIL = reservation("52:54:00:00:00:02", "192.0.2.8");

  @TempDir private Path directory;
  private NetworkPaths paths;
  private AddressStore store;

  @BeforeEach
  void open() {
    paths =
        new NetworkPaths(
            directory.resolve("net.xml"), directory.resolve("var"), directory.resolve("run"));
    store = new AddressStore(paths);
  }

  private static NetworkReservation reservation(String mac, String address) {
    return new NetworkReservation(
        mac, Optional.of("guest"), List.of(IpAddress.parse(address).orElseThrow()), true);
  }

  @Test
  void thereIsNobodyAtFirst() throws IOException {
    assertEquals(List.of(), store.all());
  }

  @Test
  void whatIsWrittenIsReadInItsOrder() throws IOException {
    store.write(List.of(WEB.released(), MAIL));
    assertEquals(List.of(WEB.released(), MAIL), store.all());
    store.write(List.of(MAIL.released(), WEB));
    assertEquals(List.of(MAIL.released(), WEB), store.all());
    store.write(List.of(WEB));
    assertEquals(List.of(WEB), store.all());
  }

  /** Who comes and goes costs no time of the disk's; who is new, or has another address, does. */
  @Test
  void comingAndGoingLeavesTheAddressesAlone() throws IOException {
    store.write(List.of(WEB, MAIL));
    Object before = Files.getAttribute(paths.addresses(), "unix:ino");
    store.write(List.of(MAIL, WEB.released()));
    assertEquals(before, Files.getAttribute(paths.addresses(), "unix:ino"));
    NetworkReservation moved = reservation(WEB.mac(), "192.0.2.9");
    store.write(List.of(MAIL, moved));
    assertEquals(List.of(MAIL, moved), store.all());
  }

  /** What a crash of the host may do: every address is still its guest's. */
  @Test
  void theAddressesOutliveWhoIsConnected() throws IOException {
    store.write(List.of(WEB, MAIL));
    for (String rest : List.of("", "\0\0\0", "52:54:00:00:00:01 conn", "nonsense\n")) {
      Files.writeString(paths.users(), rest);
      assertTrue(
          List.of(WEB.released(), MAIL.released()).containsAll(store.all()), store.all()::toString);
      assertEquals(2, store.all().size());
    }
    Files.delete(paths.users());
    assertEquals(List.of(WEB.released(), MAIL.released()), store.all());
  }

  @Test
  void damagedAddressesAreNamed() throws IOException {
    store.write(List.of(WEB));
    Files.writeString(paths.addresses(), "{\"mac\":");
    String message = assertThrows(IOException.class, store::all).getMessage();
    assertTrue(message.startsWith("unreadable addresses " + paths.addresses()), message);
  }
}
