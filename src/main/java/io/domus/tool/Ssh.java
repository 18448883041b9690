// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Another host as OpenSSH's client reaches it. It never asks: a key that is refused is an error at
 * once.
 *
 * @param keyfile the private key, if another than the user's own
 * @param verify whether the host's key must be known
 * @param socket where whoever runs a program over there shares the connection with others
 */
public record Ssh(
    String host,
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> keyfile,
    boolean verify,
    Optional<Path> socket) {
  /** The status of a client that reached nobody, which no program over there should have. */
  public static final int UNREACHED = 255;

  private static final int LARGEST_PORT = 65535;

  public Ssh {
    require(host.matches("[A-Za-z0-9_.:%][A-Za-z0-9_.:%-]*"), "no name of a host: '" + host + "'");
    user.ifPresent(
        name -> require(name.matches("[A-Za-z0-9_.][A-Za-z0-9_.@$-]*"), "no user: '" + name + "'"));
    port.ifPresent(number -> require(number > 0 && number <= LARGEST_PORT, "no port: " + number));
    keyfile.ifPresent(
        file -> require(file.isAbsolute(), "the key's path must be absolute: " + file));
  }

  /** One that shares no connection. */
  public Ssh(
      String host,
      Optional<String> user,
      Optional<Integer> port,
      Optional<Path> keyfile,
      boolean verify) {
    this(host, user, port, keyfile, verify, Optional.empty());
  }

  /** The same, by a connection that is shared. */
  public Ssh sharing(Path path) {
    return new Ssh(host, user, port, keyfile, verify, Optional.of(path));
  }

  /** How messages call it: {@code root@far}. */
  public String name() {
    return user.map(name -> name + "@").orElse("") + host;
  }

  /**
   * Runs a program over there. The far shell gets one line, in which every word is quoted.
   *
   * @param argv there
   */
  public Command run(List<String> argv) {
    List<String> words = new ArrayList<>(client());
    if (socket.isPresent()) {
      // The first word on a matter counts.
      words.addAll(1, List.of("-o", "ControlMaster=yes"));
    }
    words.add("--");
    words.add(host);
    words.add(argv.stream().map(Command::quote).collect(Collectors.joining(" ")));
    return Command.of(words);
  }

  /** What programs that bring a shell of their own are told, before the host's name. */
  public List<String> client() {
    List<String> words = new ArrayList<>(List.of("ssh", "-T"));
    option(words, "BatchMode=yes");
    option(words, "ConnectTimeout=15");
    // A host that is gone is told from one that is busy.
    option(words, "ServerAliveInterval=10");
    option(words, "ServerAliveCountMax=3");
    // Nobody sits there who could make use of these.
    option(words, "ForwardX11=no");
    option(words, "ForwardAgent=no");
    option(words, "ClearAllForwardings=yes");
    if (!verify) {
      option(words, "StrictHostKeyChecking=no");
      option(words, "UserKnownHostsFile=/dev/null");
      option(words, "LogLevel=ERROR");
    }
    socket.ifPresent(
        path -> {
          option(words, "ControlMaster=no");
          option(words, "ControlPath=" + path);
        });
    keyfile.ifPresent(
        file -> {
          words.addAll(List.of("-i", file.toString()));
          option(words, "IdentitiesOnly=yes");
        });
    port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
    user.ifPresent(name -> words.addAll(List.of("-l", name)));
    return List.copyOf(words);
  }

  private static void option(List<String> words, String option) {
    words.addAll(List.of("-o", option));
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
