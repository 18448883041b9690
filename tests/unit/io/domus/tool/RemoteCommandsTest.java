// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Command lines of ssh and of rsync over it, and talks with programs. */
class RemoteCommandsTest {
  private static final Ssh FAR =
      new Ssh(
          "fe80::1",
          Optional.of("ops"),
          Optional.of(2222),
          Optional.of(Path.of("/root/a key")),
          false);

  @Test
  void oneLineForTheFarShell() {
    List<String> argv =
        new Ssh("far", Optional.empty(), Optional.empty(), Optional.empty(), true)
            .run(List.of("/opt/do mus", "-c", "lxc:///embed?root=/srv/$x'y", "migrate-receive"))
            .argv();
    assertEquals(
        List.of("--", "far", "'/opt/do mus' -c 'lxc:///embed?root=/srv/$x'\\''y' migrate-receive"),
        argv.subList(argv.size() - 3, argv.size()));
    assertEquals(List.of("ssh", "-T", "-o", "BatchMode=yes"), argv.subList(0, 4));
    assertTrue(argv.stream().noneMatch(word -> word.contains("StrictHostKeyChecking")));
  }

  @Test
  void whatTheUriSaysIsTold() {
    String line = String.join(" ", FAR.client());
    assertTrue(
        line.contains(
            "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
                + " -i /root/a key -o IdentitiesOnly=yes -p 2222 -l ops"),
        line);
    assertEquals("ops@fe80::1", FAR.name());
  }

  @Test
  void copiesAreExact() {
    List<String> here =
        Rsync.tree(
                Path.of("/srv/up"), Path.of("/srv/to"), Optional.empty(), Rsync.Comparison.CONTENTS)
            .argv();
    assertEquals(
        List.of(
            "setpriv",
            "--pdeathsig",
            "KILL",
            "--",
            "rsync",
            "--archive",
            "--hard-links",
            "--acls",
            "--xattrs",
            "--sparse",
            "--numeric-ids",
            "--one-file-system",
            "--modify-window=-1",
            "--stats",
            "--secluded-args",
            "--checksum",
            "--delete",
            "--force",
            "--",
            "/srv/up/",
            "/srv/to/"),
        here);
    List<String> far =
        Rsync.file(Path.of("/srv/a.img"), Path.of("/srv/b c"), Optional.of(FAR)).argv();
    assertEquals(
        List.of("--", "/srv/a.img", "[fe80::1]:/srv/b c"), far.subList(far.size() - 3, far.size()));
    String shell = far.get(far.size() - 4);
    assertTrue(shell.startsWith("--rsh=ssh -T -o BatchMode=yes "), shell);
    assertTrue(shell.contains(" -i '/root/a key' "), shell);
  }

  /** One opens the connection, the others use it. */
  @Test
  void connectionsAreShared() {
    Ssh shared = FAR.sharing(Path.of("/run/domus-ssh/7-1"));
    List<String> master = shared.run(List.of("domus")).argv();
    assertEquals(List.of("ssh", "-o", "ControlMaster=yes"), master.subList(0, 3));
    assertTrue(master.contains("ControlPath=/run/domus-ssh/7-1"), master.toString());
    List<String> copy =
        Rsync.files(Path.of("/srv/up"), Path.of("/to"), Path.of("/var/list"), Optional.of(shared))
            .argv();
    String shell =
        copy.stream().filter(word -> word.startsWith("--rsh=")).findFirst().orElseThrow();
    assertTrue(shell.contains(" -o ControlMaster=no -o ControlPath=/run/domus-ssh/7-1 "), shell);
    assertTrue(copy.containsAll(List.of("--checksum", "--from0", "--files-from=/var/list")));
    assertTrue(copy.stream().noneMatch(word -> word.startsWith("--delete")), copy.toString());
  }

  @Test
  void whatWasSentIsCounted() {
    assertEquals(
        1234567,
        Rsync.sent("Number of files: 3\nLiteral data: 1,234,567 bytes\nMatched data: 9 bytes\n"));
    assertEquals(0, Rsync.sent(""));
    assertEquals(
        "rsync: [sender] mkdir failed",
        Rsync.cause("Warning: Permanently added 'x'\n\nrsync: [sender] mkdir failed\nmore\n"));
  }

  @Test
  void aTalkEndsWithItsProgram() throws Exception {
    try (Dialogue talk = Dialogue.start(Command.of("cat"))) {
      talk.tell("one");
      assertEquals(Optional.of("one"), talk.hear());
    }
    try (Dialogue talk =
        Dialogue.start(Command.of("sh", "-c", "echo said; echo why >&2; exit 3"))) {
      assertEquals(Optional.of("said"), talk.hear());
      assertEquals(Optional.empty(), talk.hear());
      assertEquals(Optional.empty(), talk.hear());
      assertEquals(new CommandResult(3, "", "why\n"), talk.result());
    }
  }
}
