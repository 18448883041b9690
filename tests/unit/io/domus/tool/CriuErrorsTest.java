// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of CRIU 4.1.1, but for what succeeded, and lines of which no log was had. */
class CriuErrorsTest {
  private static final Map<String, String> PROVOKED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("connection", "a process has an open TCP connection"),
              Map.entry(
                  "dangling",
                  "a unix socket waits for a process outside of the guest to accept it"),
              Map.entry("lock", "a process holds a file lock"),
              Map.entry("device", "descriptor 3 is of a kind that CRIU cannot dump"),
              Map.entry("disk", "descriptor 3 is of a kind that CRIU cannot dump"),
              Map.entry(
                  "ghost",
                  "'/gone' was deleted while it is open, and is too large for CRIU to keep a copy"),
              Map.entry(
                  "idmap",
                  "'/dev/urandom' is mounted from the host for the sake of mapped ids, which CRIU"
                      + " cannot dump"),
              Map.entry(
                  "iptables",
                  "CRIU keeps packets away with iptables-restore, which is not installed or"
                      + " fails"),
              Map.entry(
                  "nested-root",
                  "'/bin/busybox' is open or mapped and lies outside of the guest's mounts, or"
                      + " beneath an overlay on an overlay"),
              Map.entry(
                  "packet-pipe", "a process has a pipe in packet mode, which CRIU cannot dump"),
              Map.entry(
                  "pid-namespace",
                  "the guest has a pid namespace of its own making, which CRIU cannot dump"),
              Map.entry(
                  "socket",
                  "a process has a network socket, which CRIU before 4.2 cannot dump on Linux 6.16"
                      + " and later"),
              Map.entry(
                  "socket-family", "a process has a socket of family 40, which CRIU cannot dump"),
              Map.entry(
                  "stream",
                  "a unix socket of a process outside of the guest is connected to, and CRIU keeps"
                      + " only those of datagrams")));

  private static Path logs() {
    return Checkout.path("tests/unit/io/domus/tool/criu");
  }

  @TestFactory
  Stream<DynamicTest> provoked() {
    return PROVOKED.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertEquals(
                            entry.getValue(),
                            sentence(Files.readString(logs().resolve(entry.getKey() + ".log"))))));
  }

  @Test
  void everyLogIsLookedAt() throws IOException {
    try (Stream<Path> files = Files.list(logs())) {
      assertEquals(
          PROVOKED.keySet(),
          files
              .map(file -> file.getFileName().toString().replace(".log", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static String sentence(String log) {
    return CriuErrors.cause(log)
        .flatMap(CriuError::meaning)
        .map(CriuError.Meaning::sentence)
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "unix: External socket is used. Consider using --ext-unix-sk option."
            + "|a unix socket is connected to a process outside of the guest",
        "fsnotify: \tCan't dump that handle"
            + "|a process watches files on an overlay by inotify or fanotify, which CRIU up to 4.2"
            + " cannot dump",
        "Bad format in 4242 mountinfo: '26'"
            + "|a line of the guest's mount table is longer than the 4096 bytes that CRIU reads",
        "./mnt is a fuse mount but not external"
            + "|'./mnt' is a fuse filesystem, which CRIU cannot dump",
        "Can't dump file 3 of that type [600] (anon anon_inode:[io_uring])"
            + "|a process uses io_uring, which CRIU cannot dump",
        "zombie 1675 (comm perl) found while seizing"
            + "|process 'perl' is traced, by a debugger or strace, or is just ending",
        "Unable to connect a socket: Network is unreachable"
            + "|CRIU tries connections over lo, which is down or missing where Domus runs",
        "Can't fork for 17: File exists|process id 17 of the guest is taken",
        "Pid 20 do not match expected 19|process id 19 of the guest is taken",
        "File host/file has bad size 13 (expect 9)"
            + "|'/host/file' has changed since the guest was saved",
        "Can't open file host/file on restore: No such file or directory"
            + "|'/host/file' is gone since the guest was saved",
        "Something nobody has seen yet|\"\"",
      })
  void lines(String said, String meaning) {
    assertEquals(meaning == null ? "" : meaning, sentence("(00.1) Error (criu/a.c:1): " + said));
  }

  @Test
  void whatIsKnownComesFirst() {
    String log =
        """
        (00.1) Error (criu/a.c:1): Something odd
        (00.2) Error (criu/files-reg.c:2175): File srv/a has bad size 2 (expect 1)
        """;
    assertEquals(
        "File srv/a has bad size 2 (expect 1): '/srv/a' has changed since the guest was saved; put"
            + " it back as it was, or boot with 'start --force-boot'",
        CriuErrors.cause(log).orElseThrow().text());
    assertEquals(
        "Something odd",
        CriuErrors.cause(log.lines().findFirst().orElseThrow()).orElseThrow().text());
    assertEquals(Optional.empty(), CriuErrors.cause("(00.1) Dumping finished successfully\n"));
    assertThrows(IllegalArgumentException.class, () -> new CriuError.Meaning(" ", ""));
  }
}
