// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network namespace that plays the world outside, with a web server and one of names in it. */
final class Outside implements AutoCloseable {
  static final String ADDRESS = "203.0.113.2";

  /** The host's own address there. */
  static final String HOST = "203.0.113.1";

  static final String ADDRESS6 = "2001:db8:113::2";
  static final String HOST6 = "2001:db8:113::1";

  private static final Path RESOLVER = Path.of("/etc/resolv.conf");

  private final List<Process> servers = new ArrayList<>();
  private final boolean resolver = Files.exists(RESOLVER);
  private final String before = resolver ? Files.readString(RESOLVER) : "";

  private Outside() throws IOException {}

  static Outside open() throws Exception {
    Outside world = new Outside();
    Host.script(
        """
        ip netns add it-outside
        ip link add itout0 type veth peer name eth0 netns it-outside
        ip address add 203.0.113.1/24 dev itout0
        ip address add 2001:db8:113::1/64 dev itout0 nodad
        ip link set itout0 up
        ip -n it-outside address add 203.0.113.2/24 dev eth0
        ip -n it-outside address add 2001:db8:113::2/64 dev eth0 nodad
        ip -n it-outside link set eth0 up
        ip -n it-outside link set lo up
        ip route add default via 203.0.113.2
        ip -6 route add default via 2001:db8:113::2 dev itout0
        mkdir -p /srv/outside
        echo outside >/srv/outside/index.html
        """);
    world.serve("busybox", "httpd", "-f", "-p", "80", "-h", "/srv/outside");
    world.serve(
        "dnsmasq",
        "--keep-in-foreground",
        "--conf-file=/dev/null",
        "--no-resolv",
        "--no-hosts",
        "--user=root",
        "--pid-file=",
        "--address=/outside.example/" + ADDRESS);
    Files.writeString(RESOLVER, "nameserver " + ADDRESS + "\n");
    Await.until("a server outside", () -> get(ADDRESS, 80).equals("outside"));
    return world;
  }

  private void serve(String... argv) throws IOException {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", "it-outside"));
    words.addAll(List.of(argv));
    servers.add(
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** What a web server says that the host itself reaches; empty if none answers. */
  static String get(String address, int port) throws Exception {
    return Host.script(
        "busybox wget -q -T 5 -O - http://$1:$2/ 2>/dev/null || true",
        address,
        Integer.toString(port));
  }

  @Override
  public void close() throws Exception {
    for (Process server : servers) {
      server.destroy();
      server.waitFor();
    }
    Host.script("ip link delete itout0; ip netns delete it-outside; rm -r /srv/outside");
    if (resolver) {
      Files.writeString(RESOLVER, before);
    } else {
      Files.delete(RESOLVER);
    }
  }
}
