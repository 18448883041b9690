// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriuTest {
  private static final String FAILED =
      """
      (00.000037) Version: 4.1.1 (gitid 0)
      (00.000081) Error (criu/util.c:1550): Can't set RLIMIT_NOFILE for self: Operation not permitted
      (00.151201) Error (criu/file-lock.c:111): Some file locks are hold by dumping tasks! You can try --file-locks to dump them.
      (00.151388) Error (criu/cr-dump.c:1500): Dump files (pid: 20) failed with -1
      (00.152099) Error (criu/cr-dump.c:2111): Dumping FAILED.
      """;

  @Test
  void theFirstErrorThatSaysSomethingIsTheCause() {
    assertEquals(
        Optional.of(
            "Some file locks are hold by dumping tasks! You can try --file-locks to dump them."),
        Criu.complaints(FAILED).findFirst());
    assertEquals(Optional.empty(), Criu.complaints("").findFirst());
    assertEquals(Optional.empty(), Criu.complaints("(00.1) Error (criu/util.c:1550)").findFirst());
  }

  @Test
  void aDumpIsWholeWhenItSaysSo() {
    assertFalse(Criu.isWhole(FAILED));
    assertFalse(Criu.isWhole(""));
    assertTrue(Criu.isWhole("(00.1) Writing stats\n(00.2) Dumping finished successfully\n"));
  }

  @Test
  void itSaysWhichOptionsItHasRead() {
    Path options = Path.of("/elsewhere/criu.conf");
    assertTrue(Criu.hasRead(options, "(00.1) Parsing config file /kept/web/criu.conf\n"));
    assertFalse(Criu.hasRead(options, "(00.1) Parsing config file /etc/criu/runc.conf\n"));
    assertFalse(Criu.hasRead(options, FAILED));
  }

  @Test
  void whatIsSaidByTheEnvironment() {
    Command command = Command.of("crun", "restore");
    assertEquals(
        "CRIU_CONFIG_FILE=/run/criu.conf CRIU_FAULT=130 crun restore",
        Criu.configured(Criu.withoutBreakpoints(command), Path.of("/run/criu.conf")).toString());
  }
}
