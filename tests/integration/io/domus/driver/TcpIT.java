// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Established TCP connections between two domains, and between a domain and a process outside: no
 * byte is lost or comes twice, whichever end is saved and restored, and whoever sends meanwhile.
 * CRIU before 4.2 cannot dump a TCP socket on this kernel, so the launcher finds the next one.
 */
class TcpIT {
  private static final Path NEXT = Path.of("/opt/criu-next/bin");
  private static final int ROUNDS = Integer.getInteger("domus.rounds", 3);
  private static final String NETWORK = "10.209.0.";

  /** Sends the numbers from 0 on, as bytes, and checks that the same come back. */
  static final String CLIENT =
      """
      import socket, struct, sys, threading, time, os
      out = open(sys.argv[2], 'a', buffering=1)
      for _ in range(100):
          try: server = socket.create_connection((sys.argv[1], 7000)); break
          except OSError: time.sleep(0.1)
      received = 0
      def send():
          sent = 0
          while True:
              if sent - received > 4000: time.sleep(0.002); continue
              server.sendall(struct.pack('>20I', *range(sent, sent + 20))); sent += 20
              time.sleep(0.0005)
      threading.Thread(target=send, daemon=True).start()
      rest = b''; shown = 0
      while True:
          try: more = server.recv(65536)
          except OSError as failure: print('FAILED', failure, file=out); break
          if not more: print('ENDED after', received, file=out); break
          rest += more; whole = len(rest) // 4
          for number in struct.unpack('>%dI' % whole, rest[:whole * 4]):
              if number != received: print('WRONG', number, 'is not', received, file=out); received = number
              received += 1
          rest = rest[whole * 4:]
          if received - shown >= 200: shown = received; print(received, file=out)
      time.sleep(9999)
      """;

  static final String SERVER =
      """
      import socket, threading, time
      listener = socket.socket(); listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
      listener.bind(('0.0.0.0', 7000)); listener.listen()
      def serve(client):
          while True:
              more = client.recv(4096)
              if not more: break
              client.sendall(more)
      while True:
          threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
      """;

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random();
  private Process outside;

  @BeforeEach
  void network() throws Exception {
    assumeTrue(Files.exists(NEXT.resolve("criu")), "there is no CRIU that can");
    for (String name : List.of("a", "b")) {
      String end = NETWORK + (name.equals("a") ? 1 : 2);
      Host.script(
          """
          ip netns add tcp-$1; ip link add tcp-$1 type veth peer name eth0 netns tcp-$1
          ip -n tcp-$1 addr add $2/24 dev eth0; ip -n tcp-$1 link set eth0 up
          ip -n tcp-$1 link set lo up; ip link set tcp-$1 up
          ip link show tcp-br >/dev/null 2>&1 || ip link add tcp-br type bridge
          ip link set tcp-$1 master tcp-br
          """,
          name,
          end);
    }
    Host.script("ip addr add $1 dev tcp-br; ip link set tcp-br up", NETWORK + "3/24");
  }

  @AfterEach
  void noNetwork() throws Exception {
    if (outside != null) {
      outside.destroyForcibly().waitFor();
    }
    for (String name : List.of("a", "b")) {
      if (Files.exists(site.layout().definition(name)) && site.state(name).equals("running")) {
        site.destroy(name);
      }
      Host.script("ip netns delete tcp-$1 || true", name);
    }
    Host.script("ip link delete tcp-br || true");
  }

  private void start(String name, String program, String... arguments) throws Exception {
    site.start(
        PythonGuest.of(site, name, program, arguments)
            .with("<checkpoint tcpEstablished='yes' networkLock='nftables'/>")
            .with(
                "<n:namespace xmlns:n='http://libvirt.org/schemas/domain/lxc/1.0'>"
                    + "<n:sharenet type='netns' value='tcp-"
                    + name
                    + "'/></n:namespace>"));
  }

  /** As somebody would whose CRIU is the next one. */
  private void domus(String... words) throws Exception {
    String[] argv = new String[words.length + 5];
    argv[0] = "env";
    argv[1] = "PATH=" + NEXT + ":" + System.getenv("PATH");
    argv[2] = site.home().resolve("domus").toString();
    argv[3] = "-c";
    argv[4] = "lxc:///embed?root=" + site.root();
    System.arraycopy(words, 0, argv, 5, words.length);
    Host.run(argv);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  /** More numbers come, and nothing else ever came. */
  private void flow(String when) throws Exception {
    flows(site.guest("b", "/log"), when);
    flows(apart(), when + ", seen from outside");
  }

  private Path apart() {
    return site.path("outside.log");
  }

  private static void flows(Path file, String when) throws Exception {
    int before = lines(file).size();
    Await.until(when, () -> lines(file).size() >= before + 3);
    assertEquals(List.of(), lines(file).stream().filter(line -> !line.matches("[0-9]+")).toList());
  }

  /** Off for longer than the first retransmissions take. */
  private void saveAndGoOn(String name) throws Exception {
    Thread.sleep(random.nextInt(100));
    domus("managedsave", name);
    Thread.sleep(random.nextInt(400));
    domus("start", name);
  }

  @Test
  void connectionsSurvive() throws Exception {
    start("a", SERVER);
    start("b", CLIENT, NETWORK + "1", "/log");
    Path program = site.path("outside.py");
    Files.writeString(program, CLIENT);
    outside =
        new ProcessBuilder("python3", program.toString(), NETWORK + "1", apart().toString())
            .inheritIO()
            .start();
    flow("traffic");
    for (int round = 0; round < ROUNDS; round++) {
      for (String name : List.of("a", "b")) {
        saveAndGoOn(name);
        flow(name + " saved " + round);
        domus("checkpoint", "--leave-running", "--name", "p", name);
        flow(name + " left running " + round);
        domus("snapshot-delete", name, "p");
      }
      domus("checkpoint", "--name", "both", "a");
      domus("checkpoint", "--name", "both", "b");
      domus("restore", "a");
      domus("restore", "b");
      flow("both restored " + round);
      domus("snapshot-delete", "a", "both");
      domus("snapshot-delete", "b", "both");
    }
    assertTrue(lines(apart()).size() > ROUNDS);
    assertEquals("", Host.script("for n in a b; do ip netns exec tcp-$n nft list ruleset; done"));
  }
}
