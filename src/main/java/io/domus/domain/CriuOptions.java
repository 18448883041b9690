// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How CRIU is to treat what a guest shares with the world outside, by CRIU's own names. What a dump
 * was made with is kept with it: the restore needs the same.
 *
 * @param tcpEstablished keep connections, and have them go on
 * @param tcpClose let a restored guest find its connections closed
 * @param shellJob the guest's terminal is somebody else's
 * @param networkLock how packets are held back: {@code nftables}, {@code iptables} or {@code skip}
 * @param manageCgroups which cgroups CRIU makes and sets; the runtime's alone, if it is not said
 * @param actionScript told of CRIU's stages
 * @param lsmProfile such as {@code apparmor:unconfined}
 * @param lsmMountContext of restored mounts
 * @param preDumps how often memory is copied while the guest runs, before it is dumped: from then
 *     on only what has changed
 */
public record CriuOptions(
    boolean tcpEstablished,
    boolean tcpClose,
    boolean fileLocks,
    boolean extUnixSk,
    boolean shellJob,
    Optional<String> networkLock,
    Optional<String> manageCgroups,
    Optional<Path> actionScript,
    Optional<String> lsmProfile,
    Optional<String> lsmMountContext,
    int preDumps) {
  /** More than that gain nothing. */
  public static final int MOST_PRE_DUMPS = 20;

  /** What is the default of all. */
  public static final CriuOptions NONE = of(CheckpointDefaults.NONE);

  /** As a definition says them. */
  public static CriuOptions of(CheckpointDefaults defaults) {
    return new CriuOptions(
        defaults.tcpEstablished(),
        defaults.tcpClose(),
        defaults.fileLocks(),
        defaults.extUnixSk(),
        false,
        defaults.networkLock(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  public CriuOptions {
    Objects.requireNonNull(networkLock, "networkLock");
    Objects.requireNonNull(manageCgroups, "manageCgroups");
    Objects.requireNonNull(actionScript, "actionScript");
    Objects.requireNonNull(lsmProfile, "lsmProfile");
    Objects.requireNonNull(lsmMountContext, "lsmMountContext");
    if (preDumps < 0 || preDumps > MOST_PRE_DUMPS) {
      throw new IllegalArgumentException("from 0 to " + MOST_PRE_DUMPS + " rounds: " + preDumps);
    }
    actionScript.ifPresent(
        script -> {
          if (!script.isAbsolute()) {
            throw new IllegalArgumentException("the action script must be absolute: " + script);
          }
        });
  }

  /** With what is asked for in addition to these. */
  public CriuOptions and(CriuOptions more) {
    return new CriuOptions(
        tcpEstablished || more.tcpEstablished,
        tcpClose || more.tcpClose,
        fileLocks || more.fileLocks,
        extUnixSk || more.extUnixSk,
        shellJob || more.shellJob,
        more.networkLock.or(() -> networkLock),
        more.manageCgroups.or(() -> manageCgroups),
        more.actionScript.or(() -> actionScript),
        more.lsmProfile.or(() -> lsmProfile),
        more.lsmMountContext.or(() -> lsmMountContext),
        Math.max(preDumps, more.preDumps));
  }

  /** As a definition would say them, as far as it could. */
  public CheckpointDefaults defaults() {
    return new CheckpointDefaults(tcpEstablished, tcpClose, fileLocks, extUnixSk, networkLock);
  }

  /** For a guest that goes on beside the one it was dumped from, which keeps its connections. */
  public CriuOptions forClone() {
    return new CriuOptions(
        false,
        true,
        fileLocks,
        extUnixSk,
        shellJob,
        networkLock,
        manageCgroups,
        actionScript,
        lsmProfile,
        lsmMountContext,
        preDumps);
  }

  /**
   * What a restore must know of the dump, a line each, as CRIU's configuration files have them.
   * Programs and profiles are of the host where the dump was made.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    flag(lines, tcpEstablished, "tcp-established");
    flag(lines, tcpClose, "tcp-close");
    flag(lines, fileLocks, "file-locks");
    flag(lines, extUnixSk, "ext-unix-sk");
    flag(lines, shellJob, "shell-job");
    networkLock.ifPresent(method -> lines.add("network-lock " + method));
    manageCgroups.ifPresent(mode -> lines.add("manage-cgroups " + mode));
    return lines;
  }

  /** The opposite; what is not known is of no matter to a restore. */
  public static CriuOptions parse(List<String> lines) {
    return new CriuOptions(
        lines.contains("tcp-established"),
        lines.contains("tcp-close"),
        lines.contains("file-locks"),
        lines.contains("ext-unix-sk"),
        lines.contains("shell-job"),
        value(lines, "network-lock "),
        value(lines, "manage-cgroups "),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** What the first line has behind a word that it begins with. */
  static Optional<String> value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst();
  }

  private static void flag(List<String> lines, boolean set, String name) {
    if (set) {
      lines.add(name);
    }
  }
}
