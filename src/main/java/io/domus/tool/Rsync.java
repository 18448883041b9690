// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Command lines of rsync, with all that belongs to an inode: owners by number, access lists,
 * extended attributes of every kind, hard links, holes, devices, times to the nanosecond.
 */
public final class Rsync {
  /** Some of the tree went away while it was read: a guest is at work in it. */
  public static final int VANISHED = 24;

  /** Some of it could not be read, for the same reason. */
  public static final int PARTLY = 23;

  private static final String COUNT = "Literal data: ";

  private Rsync() {}

  /** How what is there already is told from what has to be sent. */
  public enum Comparison {
    /** By sizes and times: for what is looked at once more later. */
    TIMES,
    /** By contents. */
    CONTENTS
  }

  /**
   * Makes one directory what another one is.
   *
   * @param far the host of the target; this one, if empty
   */
  public static Command tree(Path from, Path to, Optional<Ssh> far, Comparison comparison) {
    return command(List.of("--delete", "--force"), from + "/", to + "/", far, comparison);
  }

  /**
   * Makes some files of a directory what they are in another one, by their contents.
   *
   * @param list of paths relative to the directory, each ended by a NUL
   */
  public static Command files(Path from, Path to, Path list, Optional<Ssh> far) {
    return command(
        List.of("--from0", "--files-from=" + list), from + "/", to + "/", far, Comparison.CONTENTS);
  }

  /** Makes one file what another one is; links are followed. */
  public static Command file(Path from, Path to, Optional<Ssh> far) {
    return command(List.of("--copy-links"), from.toString(), to.toString(), far, Comparison.TIMES);
  }

  private static Command command(
      List<String> more, String from, String to, Optional<Ssh> far, Comparison comparison) {
    List<String> argv = new ArrayList<>(DIES_WITH_US);
    argv.addAll(List.of("rsync", "--archive", "--hard-links", "--acls", "--xattrs"));
    argv.addAll(List.of("--sparse", "--numeric-ids", "--one-file-system"));
    argv.addAll(List.of("--modify-window=-1", "--stats"));
    // Without it the far shell would take names of files for words of its own.
    argv.add("--secluded-args");
    if (comparison == Comparison.CONTENTS) {
      argv.add("--checksum");
    }
    argv.addAll(more);
    far.ifPresent(
        host ->
            argv.add(
                "--rsh="
                    + host.client().stream().map(Rsync::word).collect(Collectors.joining(" "))));
    argv.add("--");
    argv.add(from);
    argv.add(far.map(host -> bracketed(host.host()) + ":").orElse("") + to);
    return Command.of(argv);
  }

  /** A copy that goes on after its owner was killed would write where somebody clears up. */
  private static final List<String> DIES_WITH_US = List.of("setpriv", "--pdeathsig", "KILL", "--");

  /** One word of {@code --rsh}, which rsync takes apart itself, by rules of its own. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "''") + "'";
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Its first complaint, which is the cause of the others. */
  public static String cause(String stderr) {
    return stderr
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("Warning: Permanently added"))
        .findFirst()
        .orElse("rsync says nothing of why");
  }

  /** How many bytes were sent, as {@code --stats} prints it; none if it does not say. */
  public static long sent(String stdout) {
    return stdout
        .lines()
        .filter(line -> line.startsWith(COUNT))
        .map(line -> line.substring(COUNT.length()).replaceAll("[^0-9]", ""))
        .filter(digits -> !digits.isEmpty())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
