// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of UDP in a guest's network, which says its name to whoever asks. */
final class Datagrams implements AutoCloseable {
  /** What a client does: it is told the address and port, and asks again, longer each time. */
  static final String ASK =
      "for wait in 1 2 4 8; do answer=$(echo who | socat -t $wait - UDP:$0:$1);"
          + " if [ \"$answer\" ]; then echo $answer; exit; fi; done";

  private final Process server;

  private Datagrams(Process server) {
    this.server = server;
  }

  /**
   * @param init a process of the guest's
   */
  static Datagrams serve(int init, String name, int port) throws Exception {
    Process server =
        new ProcessBuilder(
                "nsenter",
                "--net=/proc/" + init + "/ns/net",
                "socat",
                "UDP-RECVFROM:" + port + ",fork",
                "SYSTEM:echo " + name)
            .inheritIO()
            .start();
    Path sockets = Path.of("/proc/" + init + "/net/udp");
    String bound = "00000000:%04X".formatted(port);
    Await.until("a server of UDP", () -> Files.readString(sockets).contains(bound));
    return new Datagrams(server);
  }

  /** What comes back to the host itself. */
  static String ask(String address, int port) throws IOException, InterruptedException {
    return Host.run("sh", "-c", ASK, address, Integer.toString(port));
  }

  @Override
  public void close() throws InterruptedException {
    server.destroy();
    server.waitFor();
  }
}
