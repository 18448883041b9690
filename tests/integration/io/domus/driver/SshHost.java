// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This machine as another one: what a secure shell reaches is in a mount namespace of its own,
 * where another directory is in the place of one of ours.
 *
 * @param key that opens it
 */
record SshHost(Process daemon, int port, Path key) implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      Port %d
      ListenAddress 127.0.0.1
      HostKey %s/host
      AuthorizedKeysFile %s/key.pub
      StrictModes no
      UsePAM no
      PidFile %s/pid
      """;

  private static final String DAEMON =
      "mount --make-rprivate /; [ -z \"$1\" ] || mount --bind \"$2\" \"$1\";"
          + " exec /usr/sbin/sshd -D -E \"$3/log\" -f \"$3/configuration\"";

  /**
   * @param directory for its files; not there yet
   * @param hidden the directory that is another one over there
   * @param shown what is in its place
   */
  static SshHost start(Path directory, int port, Path hidden, Path shown) throws Exception {
    Files.createDirectories(directory);
    Files.createDirectories(Path.of("/run/sshd"));
    for (String name : List.of("host", "key")) {
      Host.run(
          "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve(name).toString());
    }
    Files.writeString(
        directory.resolve("configuration"),
        CONFIGURATION.formatted(port, directory, directory, directory));
    Process daemon =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "sh",
                "-euc",
                DAEMON,
                "sshd",
                hidden.toString(),
                shown.toString(),
                directory.toString())
            .inheritIO()
            .start();
    Await.until("a secure shell", () -> Files.exists(directory.resolve("pid")));
    return new SshHost(daemon, port, directory.resolve("key"));
  }

  /** An embedded root of state over there. */
  String uri(Site site) {
    return "lxc+ssh://root@127.0.0.1:%d/embed?root=%s&keyfile=%s&no_verify=1&command=%s"
        .formatted(port, site.root(), key, site.home().resolve("domus"));
  }

  /** A program over there, without a shell in between. */
  List<String> there(List<String> argv) {
    List<String> all =
        new ArrayList<>(
            List.of("nsenter", "--mount", "--target", Long.toString(daemon.pid()), "--"));
    all.addAll(argv);
    return all;
  }

  @Override
  public void close() throws IOException {
    daemon.destroy();
    daemon.onExit().join();
  }
}
