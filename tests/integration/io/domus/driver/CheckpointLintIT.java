// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Capability;
import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests that CRIU cannot dump, and what people are told of them. */
class CheckpointLintIT {
  /** Goes on for ever, and shows that it does. */
  private static final String COUNT =
      "while (1) { select(undef, undef, undef, 0.02); open(C, '>>/count'); print C \"x\\n\";"
          + " close C }";

  @RegisterExtension final Site site = new Site();

  /** What a guest does, and what is said of it: before the dump, or after CRIU has refused. */
  enum Deed {
    LOCK(
        "use Fcntl qw(:flock); open(F, '>/lock'); flock(F, LOCK_EX);",
        OperationFailedException.class,
        "a process holds a file lock; <checkpoint fileLocks='yes'/> lets CRIU keep it"),

    CONNECTION(
        "use IO::Socket::INET;"
            + " $l = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 77);"
            + " $a = IO::Socket::INET->new('127.0.0.1:77'); $b = $l->accept; close $l;",
        OperationFailedException.class,
        "a process has an open TCP connection; <checkpoint tcpEstablished='yes'/> lets CRIU keep"
            + " it"),

    FOREIGN_SOCKET(
        "use IO::Socket::UNIX; $s = IO::Socket::UNIX->new(Peer => '/host/socket') or die;",
        OperationFailedException.class,
        "a unix socket is connected to a process outside of the guest"),

    PACKETS(
        "$b = pack('ii', 0, 0); syscall(293, $b, 040000);",
        OperationFailedException.class,
        "a process has a pipe in packet mode"),

    WATCH(
        "$p = '/etc'; $i = syscall(253); syscall(254, $i, $p, 0xfff) > 0 or die;",
        OperationInvalidException.class,
        "process 1 ('perl') watches files on an overlay by inotify, which CRIU up to 4.2 cannot"
            + " dump [checkpoint.inotify]"),

    TRACE(
        "$p = fork; if (!$p) { sleep 1 while 1 } syscall(101, 16, $p, 0, 0) == 0 or die;",
        OperationInvalidException.class,
        "is traced, by a debugger or strace; end the tracing [checkpoint.traced]"),

    STOP(
        "$p = fork; if (!$p) { kill 'STOP', $$; sleep 1 while 1 }",
        OperationInvalidException.class,
        "is stopped by a signal");

    private final String script;
    private final Class<? extends DomainException> failure;
    private final String message;

    Deed(String script, Class<? extends DomainException> failure, String message) {
      this.script = script;
      this.failure = failure;
      this.message = message;
    }
  }

  private void start(String script) throws Exception {
    Path tree = site.tree("tree");
    for (String directory : List.of("usr", "host")) {
      Files.createDirectory(tree.resolve(directory));
    }
    for (String library : List.of("lib", "lib64")) {
      Files.createSymbolicLink(tree.resolve(library), Path.of("usr", library));
    }
    Files.writeString(site.empty("host").resolve("script"), script + " " + COUNT);
    site.start(
        DomainXml.named("web")
            .init("/usr/bin/perl", "/host/script")
            .device(
                Filesystems.overlay(
                    site.empty("upper"), site.empty("work"), "/", Filesystems.directory(tree)))
            .device(Filesystems.mount(Path.of("/usr"), "/usr", "<readonly/>"))
            .device(Filesystems.mount(site.path("host"), "/host")));
    awaitProgress();
  }

  private void awaitProgress() throws Exception {
    Path count = site.path("upper/count");
    long before = Files.exists(count) ? Files.size(count) : 0;
    Await.until("progress", () -> Files.exists(count) && Files.size(count) > before);
  }

  private void save() {
    new ManagedSaveOperation(site.driver()).run("web");
  }

  @ParameterizedTest
  @EnumSource
  void thisIsSaid(Deed deed) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(site.empty("host").resolve("socket")));
      start(deed.script);
      if (deed == Deed.FOREIGN_SOCKET) {
        server.accept();
      }
      DomainException failure = assertThrows(DomainException.class, this::save);
      assertEquals(deed.failure, failure.getClass(), failure.getMessage());
      assertTrue(failure.getMessage().startsWith("cannot save domain 'web': "));
      assertTrue(failure.getMessage().contains(deed.message), failure.getMessage());
      if (deed.failure == OperationFailedException.class) {
        assertTrue(failure.getMessage().contains("/web.checkpoint/dump.log"), failure.getMessage());
      }
      assertEquals("running", site.state("web"));
      awaitProgress();
      assertFalse(new ManagedSave(site.driver(), "web").exists());
    }
  }

  /** Whether they can be saved depends on what this machine gives its root. */
  @Test
  void processesOfOtherUsers() throws Exception {
    start(
        "use POSIX; if (!fork) { open(U, '>', '/user'); POSIX::setgid(1000);"
            + " POSIX::setuid(1000); syswrite(U, 'x'); close U; sleep 1 while 1 }");
    Path user = site.path("upper/user");
    Await.until("the other user", () -> Files.exists(user) && Files.size(user) > 0);
    if (HostProbe.capabilities().contains(Capability.SYS_RESOURCE)) {
      save();
      site.start("web");
    } else {
      String refused = assertThrows(OperationInvalidException.class, this::save).getMessage();
      assertTrue(
          refused.endsWith(
              "('perl') belongs to another user or group than root, and to read its limits CRIU"
                  + " needs CAP_SYS_RESOURCE, which is not given here [checkpoint.limits]"),
          refused);
    }
    assertEquals("running", site.state("web"));
    awaitProgress();
  }

  /** The image is kept for another try, and the log for whoever wants to know more. */
  @Test
  void whatHasChangedSinceIsNamed() throws Exception {
    Path file = Files.writeString(site.empty("host").resolve("file"), "as it was");
    start("open(F, '</host/file');");
    save();
    Files.writeString(file, "as it was not");
    String changed = refusal();
    assertTrue(changed.contains("'/host/file' has changed since the guest was saved"), changed);
    assertTrue(changed.contains("/web.checkpoint/restore.log"), changed);
    Path log = site.root().resolve("var/log/domus/web.checkpoint/restore.log");
    assertTrue(Files.readString(log).contains("has bad size"));
  }

  private String refusal() {
    String message =
        assertThrows(OperationFailedException.class, () -> site.start("web")).getMessage();
    assertTrue(new ManagedSave(site.driver(), "web").exists());
    return message;
  }
}
