// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.compiler.SessionFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cgroup a user's guests go to, on a tree of files like the kernel's. */
class SessionProbeTest {
  private static final String ALL = "cpuset cpu io memory pids";

  @TempDir Path mount;
  private Path membership;

  @BeforeEach
  void unified() throws IOException {
    Files.writeString(mount.resolve("cgroup.controllers"), ALL + "\n");
    membership = mount.resolve("membership");
    in("/user.slice/a.service/b");
  }

  private void in(String path) throws IOException {
    Files.writeString(membership, "1:name=systemd:/\n0::" + path + "\n");
  }

  private void cgroup(String path, String controllers, String handedOn, String processes)
      throws IOException {
    Path directory = Files.createDirectories(mount.resolve(path));
    Files.writeString(directory.resolve("cgroup.controllers"), controllers + "\n");
    Files.writeString(directory.resolve("cgroup.subtree_control"), handedOn);
    Files.writeString(directory.resolve("cgroup.procs"), processes);
  }

  private SessionFacts facts() {
    return SessionProbe.facts(mount, membership, Optional.empty());
  }

  @Test
  void theOneAboveThatHasNoProcesses() throws IOException {
    cgroup("user.slice/a.service", ALL, "", "");
    cgroup("user.slice/a.service/b", ALL, "", "17\n");
    assertEquals(new SessionFacts(Optional.of("/user.slice/a.service"), true), facts());
  }

  @Test
  void ourOwnWhereTheOneAboveIsInUse() throws IOException {
    cgroup("user.slice/a.service", ALL, ALL + "\n", "1\n");
    cgroup("user.slice/a.service/b", ALL, "", "17\n");
    assertEquals(new SessionFacts(Optional.of("/user.slice/a.service/b"), false), facts());
  }

  @Test
  void withoutControllersThereAreNoLimits() throws IOException {
    cgroup("user.slice/a.service", "memory pids", "", "");
    cgroup("user.slice/a.service/b", "", "", "17\n");
    assertEquals(new SessionFacts(Optional.of("/user.slice/a.service"), false), facts());
  }

  @Test
  void nothingIsOursIfItIsNotThere() throws IOException {
    in("/elsewhere");
    assertEquals(SessionFacts.NONE, facts());
  }

  @Test
  void nothingIsDelegatedOfVersionOne() throws IOException {
    cgroup("user.slice/a.service", ALL, "", "");
    cgroup("user.slice/a.service/b", ALL, "", "17\n");
    Files.delete(mount.resolve("cgroup.controllers"));
    assertEquals(SessionFacts.NONE, facts());
  }

  @Test
  void whatCannotBeReadIsNotOurs() throws IOException {
    Files.delete(membership);
    assertEquals(SessionFacts.NONE, facts());
    Files.createFile(
        membership,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
    assertEquals(SessionFacts.NONE, facts());
  }

  /** Ours is what the kernel lets us go to: what lies between must be ours as well. */
  @Test
  void theScopeOfTheSession() throws IOException {
    cgroup("user.slice/manager", ALL, "", "");
    cgroup("user.slice/manager/domus.scope", ALL, "", "");
    cgroup("user.slice/manager/command.scope", ALL, "", "17\n");
    Optional<String> scope = Optional.of("/user.slice/manager/domus.scope");
    in("/user.slice/manager/command.scope");
    assertEquals(
        new SessionFacts(scope, true), SessionProbe.facts(mount, membership, scope), "beside it");
    in("/user.slice/manager/domus.scope/monitors");
    assertEquals(
        new SessionFacts(scope, true), SessionProbe.facts(mount, membership, scope), "in it");
    in("/user.slice/login.scope");
    assertEquals(
        SessionFacts.NONE, SessionProbe.facts(mount, membership, scope), "user.slice is root's");
  }
}
