// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The sockets of the host, as {@code /proc/net/tcp} and its like show them. */
public final class SocketTable {
  private static final Path DIRECTORY = Path.of("/proc/net");

  /** On which of its addresses a socket may listen to count. */
  private enum Reach {
    FROM_OUTSIDE,
    FROM_ANYWHERE
  }

  /** States in which a socket gets what comes to its port: TCP listens, UDP is bound. */
  private static final String LISTENS = "0A";

  private static final String BOUND = "07";

  private SocketTable() {}

  /**
   * Whether a program would get what comes to a port from outside.
   *
   * @param protocol {@code tcp} or {@code udp}
   */
  public static boolean hasListener(String protocol, int port) throws IOException {
    return hasListener(DIRECTORY, protocol, port, Reach.FROM_OUTSIDE);
  }

  /**
   * The same in the network namespace of a process, from that namespace itself.
   *
   * @param pid of the process
   */
  public static boolean hasListener(int pid, String protocol, int port) throws IOException {
    return hasListener(Path.of("/proc/" + pid + "/net"), protocol, port, Reach.FROM_ANYWHERE);
  }

  private static boolean hasListener(Path directory, String protocol, int port, Reach reach)
      throws IOException {
    for (String table : List.of(protocol, protocol + "6")) {
      if (hasListener(lines(directory.resolve(table)), protocol, port, reach)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> lines(Path table) throws IOException {
    try {
      return Files.readAllLines(table);
    } catch (NoSuchFileException unspoken) {
      return List.of();
    }
  }

  /**
   * @param lines of a table, the first of which names the columns
   */
  static boolean hasListener(List<String> lines, String protocol, int port) {
    return hasListener(lines, protocol, port, Reach.FROM_OUTSIDE);
  }

  private static boolean hasListener(List<String> lines, String protocol, int port, Reach reach) {
    String state = protocol.equals("tcp") ? LISTENS : BOUND;
    String end = ":%04X".formatted(port);
    return lines.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", 5))
        .filter(words -> words.length == 5 && words[3].equals(state))
        .filter(words -> words[1].endsWith(end))
        .anyMatch(words -> reach == Reach.FROM_ANYWHERE || !isLoopback(words[1]));
  }

  /** Addresses are printed as numbers of the machine, the last octet of IPv4 first. */
  private static boolean isLoopback(String local) {
    String address = local.substring(0, local.indexOf(':'));
    return address.length() == 8
        ? address.endsWith("7F")
        : address.equals("00000000000000000000000001000000");
  }
}
