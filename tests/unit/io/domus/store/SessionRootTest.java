// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainPaths;
import io.domus.domain.OperationFailedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a user's own domains are. */
class SessionRootTest {
  private static final int UID = 1000;

  private static StateRoot.Session of(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      environment.put(namesAndValues[index], namesAndValues[index + 1]);
    }
    return StateRoot.Session.of(environment, UID);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', /home/a/.config, /home/a/.local/share, /run/user/1000",
    "/c, /d, /r, /c, /d, /r",
    "/c/../e/, /d//x, /r/., /e, /d/x, /r",
    // The specification wants what is not absolute to be ignored.
    "c, ./d, r, /home/a/.config, /home/a/.local/share, /run/user/1000"
  })
  void directories(String config, String data, String run, Path first, Path second, Path third) {
    StateRoot.Session found =
        of(
            "HOME",
            "/home/a",
            "XDG_CONFIG_HOME",
            config,
            "XDG_DATA_HOME",
            data,
            "XDG_RUNTIME_DIR",
            run);
    assertEquals(first.resolve("domus"), found.configuration());
    assertEquals(second.resolve("domus"), found.data());
    assertEquals(third.resolve("domus"), found.run());
  }

  @Test
  void homeIsNotNeededWhereAllIsSet() {
    assertEquals(
        Path.of("/c/domus"), of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d").configuration());
  }

  @ParameterizedTest
  @CsvSource({"XDG_DATA_HOME, /d, XDG_CONFIG_HOME", "XDG_CONFIG_HOME, /c, XDG_DATA_HOME"})
  void homelessUsersAreTold(String name, String value, String missing) {
    OperationFailedException told =
        assertThrows(OperationFailedException.class, () -> of(name, value, "HOME", "relative"));
    assertEquals(
        "cannot tell where lxc:///session is: neither " + missing + " nor HOME is an absolute path",
        told.getMessage());
  }

  @Test
  void paths() {
    StateLayout layout = new StateLayout(of("HOME", "/home/a"));
    DomainPaths web = layout.domain("web");
    assertEquals(Path.of("/home/a/.config/domus/domus.conf"), layout.configuration());
    assertEquals(Path.of("/home/a/.config/domus/domains/web.xml"), web.definition());
    assertEquals(Path.of("/home/a/.config/domus/networks"), layout.networks());
    assertEquals(Path.of("/home/a/.local/share/domus/domains/web"), web.variable());
    assertEquals(Path.of("/home/a/.local/share/domus/layers"), layout.layers());
    assertEquals(Path.of("/home/a/.local/share/domus/log/web.log"), web.log());
    assertEquals(Path.of("/run/user/1000/domus/domains/web"), web.run());
    assertEquals(Path.of("/run/user/1000/domus/crun"), web.crunRoot());
    assertEquals(Path.of("/run/user/1000/domus/leases"), layout.leases());
    assertEquals(Path.of("/run/user/1000/domus/names"), layout.hostNames());
    assertEquals("lxc:///session", layout.uri());
    assertTrue(layout.isSession());
    assertFalse(layout.isSystem());
  }

  @Test
  void usersDoNotMeet() {
    StateLayout one = new StateLayout(of("HOME", "/home/a"));
    StateLayout other = new StateLayout(of("HOME", "/home/b"));
    assertNotEquals(one.id(), other.id());
    assertNotEquals("system", one.id());
    assertEquals("", one.whose(one.home().owner()));
    assertEquals(" of lxc:///embed?root=/srv", one.whose(Path.of("/srv")));
    assertEquals(" of lxc:///system", one.whose(Path.of("/")));
  }
}
