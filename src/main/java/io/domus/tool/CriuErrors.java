// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What errors in CRIU's logs mean. */
public final class CriuErrors {
  private static final String NOTHING = "";

  /**
   * An error that is known.
   *
   * @param words in its line
   * @param sentence with {@code $1} for what the first group has found
   */
  private record Known(Pattern words, String sentence, String remedy) {
    Optional<CriuError.Meaning> meaning(String line) {
      Matcher matcher = words.matcher(line);
      return matcher.find()
          ? Optional.of(new CriuError.Meaning(filled(matcher.toMatchResult()), remedy))
          : Optional.empty();
    }

    private String filled(MatchResult found) {
      return found.groupCount() == 0 ? sentence : sentence.replace("$1", found.group(1));
    }
  }

  private static Known known(String words, String sentence, String remedy) {
    return new Known(Pattern.compile(words), sentence, remedy);
  }

  /** The more special ones first. */
  private static final List<Known> TABLE =
      List.of(
          known(
              "file locks are hold",
              "a process holds a file lock",
              "<checkpoint fileLocks='yes'/> lets CRIU keep it"),
          known(
              "Connected TCP socket, consider",
              "a process has an open TCP connection",
              "<checkpoint tcpEstablished='yes'/> lets CRIU keep it"),
          known(
              "Connected TCP socket in image",
              "the image holds an open TCP connection, and the definition does not say so",
              NOTHING),
          known(
              "Can't get 1:(?:16|34) opt",
              "a process has a network socket, which CRIU before 4.2 cannot dump on Linux 6.16 and"
                  + " later",
              "install CRIU 4.2"),
          known(
              "External socket is used",
              "a unix socket is connected to a process outside of the guest",
              "<checkpoint extUnixSk='yes'/> lets CRIU keep it if it is one of datagrams"),
          known(
              "Can't dump half of stream unix connection",
              "a unix socket of a process outside of the guest is connected to, and CRIU keeps only"
                  + " those of datagrams",
              "end the connection"),
          known(
              "Dangling connection",
              "a unix socket waits for a process outside of the guest to accept it",
              "end the connection"),
          known(
              "Can't dump that handle",
              "a process watches files on an overlay by inotify or fanotify, which CRIU up to 4.2"
                  + " cannot dump",
              "end the watch"),
          known(
              "Can't create link remap for (\\S+)\\.",
              "a process has '$1' open, which was deleted and still has another name; CRIU keeps"
                  + " that only of a guest that ends with it",
              "save the guest instead, or end the process"),
          known(
              "Bad format in \\d+ mountinfo",
              "a line of the guest's mount table is longer than the 4096 bytes that CRIU reads",
              "use fewer layers or shorter names"),
          known(
              "Can't lookup mount=-?\\d+ for fd=-?\\d+ path=(.*)",
              "'$1' is open or mapped and lies outside of the guest's mounts, or beneath an overlay"
                  + " on an overlay",
              NOTHING),
          known(
              "overmounted mounts",
              "a file is open that a later mount covers",
              "close it, or unmount what covers it"),
          known(
              "(\\S+) is a fuse mount",
              "'$1' is a fuse filesystem, which CRIU cannot dump",
              "unmount it in the guest"),
          known(
              "\\[?io_uring\\]?",
              "a process uses io_uring, which CRIU cannot dump",
              "end the process, or have it do without"),
          known(
              "Can't dump file (-?\\d+) of that type",
              "descriptor $1 is of a kind that CRIU cannot dump",
              "end the process that has it"),
          known(
              "nested pid namespace",
              "the guest has a pid namespace of its own making, which CRIU cannot dump",
              "end what runs in it"),
          known(
              "/dev/(\\S+) doesn't have a proper root mount",
              "'/dev/$1' is mounted from the host for the sake of mapped ids, which CRIU cannot"
                  + " dump",
              NOTHING),
          known(
              "packetized mode for pipes",
              "a process has a pipe in packet mode, which CRIU cannot dump",
              "end the process"),
          known(
              "Unknown socket collected \\(family (\\d+)\\)",
              "a process has a socket of family $1, which CRIU cannot dump",
              "end the process"),
          known(
              "zombie \\d+ \\(comm (.*)\\) found while seizing",
              "process '$1' is traced, by a debugger or strace, or is just ending",
              NOTHING),
          known(
              "Timeout reached",
              "the guest's processes did not stand still within CRIU's 10 s",
              NOTHING),
          known(
              "ghost file (\\S+) of (?:\\d+) size",
              "'$1' was deleted while it is open, and is too large for CRIU to keep a copy",
              "close it"),
          known(
              "Found dangling tty|ctty inheritance|inherit session from",
              "a process has a terminal of a session outside of the guest",
              "end what 'domus exec' and 'domus console' have started"),
          known(
              "Iptables configuration failed|execvp\\(\"ip6?tables-restore",
              "CRIU keeps packets away with iptables-restore, which is not installed or fails",
              "install iptables, or set <checkpoint networkLock='nftables'/>"),
          known(
              "using nftables|without libnftables",
              "CRIU cannot keep packets away with nftables",
              NOTHING),
          known(
              "Unable to connect a socket|Can't turn TCP repair",
              "CRIU tries connections over lo, which is down or missing where Domus runs",
              "ip link set lo up"),
          known(
              "(?:Can't fork for (\\d+): File exists)",
              "process id $1 of the guest is taken",
              NOTHING),
          known(
              "Pid \\d+ do not match expected (\\d+)",
              "process id $1 of the guest is taken",
              NOTHING),
          known(
              "File (\\S+) has bad (?:size|mode)",
              "'/$1' has changed since the guest was saved",
              "put it back as it was, or boot with 'start --force-boot'"),
          known(
              "Can't open file (\\S+)(?: on restore)?: No such file",
              "'/$1' is gone since the guest was saved",
              "put it back, or boot with 'start --force-boot'"),
          known(
              "build-?id",
              "a program or library has changed since the guest was saved",
              "put it back as it was, or boot with 'start --force-boot'"),
          known(
              "(?:CPU|xfeatures|xsave).*(?:do not match|capabilit|unsupported)",
              "this processor lacks what that of the image has",
              NOTHING),
          known(
              "Can't (?:create|make|open|move into|mount|find).*cgroup|cgroupd?:.*Can't",
              "a cgroup could not be made",
              NOTHING));

  private CriuErrors() {}

  /**
   * The cause of a failure: the first error whose meaning is known, or else the first that says
   * something.
   */
  public static Optional<CriuError> cause(String log) {
    List<CriuError> errors = Criu.complaints(log).map(CriuErrors::explain).toList();
    return errors.stream()
        .filter(error -> error.meaning().isPresent())
        .findFirst()
        .or(() -> errors.stream().findFirst());
  }

  private static CriuError explain(String said) {
    return new CriuError(
        said, TABLE.stream().flatMap(known -> known.meaning(said).stream()).findFirst());
  }
}
