// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.OperationFailedException;
import io.domus.store.StateLayout;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectUriTest {
  private static final Map<String, String> USER = Map.of("HOME", "/home/a");

  @ParameterizedTest
  @CsvSource({
    "lxc:///system, lxc:///system, /etc/domus/domains",
    "lxc:///, lxc:///system, /etc/domus/domains",
    "lxc:///embed?root=/srv/x/../y, lxc:///embed?root=/srv/y, /srv/y/etc/domus/domains",
    "lxc:///embed?root=/, lxc:///system, /etc/domus/domains",
    "lxc:///session, lxc:///session, /home/a/.config/domus/domains"
  })
  void leadsToState(String text, String uri, String definitions) {
    StateLayout layout = new StateLayout(new ConnectUri(text).home(USER, 7));
    assertEquals(uri, layout.uri());
    assertEquals(definitions, layout.definitions().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxc:///embed?root=x | its root is not absolute",
        "lxc:///embed?root= | expected lxc:///system, lxc:///session or lxc:///embed?root=DIR",
        "lxc:///session/x | expected lxc:///system, lxc:///session or lxc:///embed?root=DIR"
      })
  void isRefused(String text, String why) {
    OperationFailedException refused =
        assertThrows(OperationFailedException.class, () -> new ConnectUri(text).home(USER, 7));
    assertEquals("no connection '" + text + "': " + why, refused.getMessage());
  }
}
