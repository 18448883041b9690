// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.OperationFailedException;
import io.domus.tool.Ssh;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationUriTest {
  private static Ssh ssh(String text) {
    return MigrationUri.parse(text).far().orElseThrow();
  }

  @Test
  void rootsOfThisHost() {
    assertEquals(Path.of("/"), MigrationUri.parse("lxc:///system").root().root());
    MigrationUri embedded = MigrationUri.parse("lxc:///embed?root=/srv/lab");
    assertEquals(Path.of("/srv/lab"), embedded.root().root());
    assertEquals(Optional.empty(), embedded.far());
  }

  @Test
  void anotherHost() {
    MigrationUri plain = MigrationUri.parse("lxc+ssh://far.example/system");
    assertEquals(
        Optional.of(
            new Ssh("far.example", Optional.empty(), Optional.empty(), Optional.empty(), true)),
        plain.far());
    assertEquals(List.of("domus", "-c", "lxc:///system", "migrate-receive"), plain.receiver());
    MigrationUri whole =
        MigrationUri.parse(
            "lxc+ssh://ops@[fe80::1]:2222/embed?root=/srv/a%20b&command=/opt/domus"
                + "&keyfile=/root/key+1&no_verify=1");
    assertEquals(
        Optional.of(
            new Ssh(
                "fe80::1",
                Optional.of("ops"),
                Optional.of(2222),
                Optional.of(Path.of("/root/key+1")),
                false)),
        whole.far());
    assertEquals(
        List.of("/opt/domus", "-c", "lxc:///embed?root=/srv/a b", "migrate-receive"),
        whole.receiver());
    assertEquals(true, ssh("lxc+ssh://h/system?no_verify=0").verify());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxc+ssh://h/session | expected lxc+ssh://[USER@]HOST[:PORT]/system or .../embed?root=DIR",
        "lxc+ssh:///system | expected lxc+ssh://[USER@]HOST[:PORT]/system or .../embed?root=DIR",
        "h | expected lxc+ssh://[USER@]HOST[:PORT]/system or .../embed?root=DIR, or lxc:///system"
            + " or lxc:///embed?root=DIR",
        "lxc+ssh://h/embed | embed needs root=DIR",
        "lxc+ssh://h/system?root=/srv | root= is for .../embed",
        "lxc+ssh://-oProxyCommand=x/system | no name of a host: '-oProxyCommand=x'",
        "lxc+ssh://-l@h/system | no user: '-l'",
        "lxc+ssh://h:0/system | no port: 0",
        "lxc+ssh://h:70000/system | no port: 70000",
        "lxc+ssh://h/system?keyfile=key | the key's path must be absolute: key",
        "lxc+ssh://h/system?no_verify=yes | no_verify is 0 or 1",
        "lxc+ssh://h/system?command=-x | command= names no program",
        "lxc+ssh://h/system?netcat=nc | it has no parameter 'netcat'",
        "lxc+ssh://h/system?command=%zz | '%zz' is not encoded as URIs are",
      })
  void faultsAreTold(String text, String fault) {
    assertEquals(
        "no destination '" + text + "': " + fault,
        assertThrows(OperationFailedException.class, () -> MigrationUri.parse(text)).getMessage());
  }

  @Test
  void aRootThatIsNotAbsoluteIsRefused() {
    assertThrows(
        OperationFailedException.class, () -> MigrationUri.parse("lxc+ssh://h/embed?root=srv/lab"));
  }
}
