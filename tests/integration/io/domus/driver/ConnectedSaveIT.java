// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Guests of a network that are saved and come back: their connections go on, and a copy is another
 * guest. CRIU before 4.2 cannot dump a TCP socket on this kernel, so the launcher finds the next
 * one.
 */
class ConnectedSaveIT {
  private static final Path NEXT = Path.of("/opt/criu-next/bin");

  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.exists(NEXT.resolve("criu")), "there is no CRIU that can");
    lab = Lab.open(site);
  }

  @AfterEach
  void close() throws Exception {
    if (lab == null) {
      return;
    }
    for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
      if (domain.condition().state().active()) {
        site.destroy(domain.name());
      }
    }
    lab.close();
  }

  private void start(String name, String program, String... arguments) throws Exception {
    site.start(
        PythonGuest.of(site, name, program, arguments)
            .with("<checkpoint tcpEstablished='yes' networkLock='nftables'/>")
            .device(Lab.network("lab")));
  }

  private String domus(String... words) throws Exception {
    String[] argv = new String[words.length + 5];
    argv[0] = "env";
    argv[1] = "PATH=" + NEXT + ":" + System.getenv("PATH");
    argv[2] = site.home().resolve("domus").toString();
    argv[3] = "-c";
    argv[4] = "lxc:///embed?root=" + site.root();
    System.arraycopy(words, 0, argv, 5, words.length);
    return Host.run(argv);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  /** More numbers come, and nothing else ever came. */
  private void flows(String when) throws Exception {
    Path file = site.guest("b", "/log");
    int before = lines(file).size();
    Await.until(when, () -> lines(file).size() >= before + 3);
    assertEquals(List.of(), lines(file).stream().filter(line -> !line.matches("[0-9]+")).toList());
  }

  private String address(String name) {
    return new InterfaceView(site.driver()).addresses(name).getFirst().address().toString();
  }

  private InterfaceView.Row row(String name) {
    return new InterfaceView(site.driver()).rows(name, false).getFirst();
  }

  @Test
  void connectionsThroughANetworkSurvive() throws Exception {
    start("a", TcpIT.SERVER);
    start("b", TcpIT.CLIENT, address("a"), "/log");
    flows("traffic");
    for (String name : List.of("a", "b")) {
      String address = address(name);
      InterfaceView.Row row = row(name);
      domus("managedsave", name);
      domus("start", name);
      flows(name + " saved");
      assertEquals(address, address(name));
      assertEquals(row, row(name));
      domus("checkpoint", "--leave-running", "--name", "p", name);
      flows(name + " left running");
      domus("snapshot-delete", name, "p");
      domus("checkpoint", "--name", "s", name);
      domus("restore", name);
      flows(name + " restored");
      domus("snapshot-delete", name, "s");
    }
  }

  @Test
  void aCopyIsAnotherGuest() throws Exception {
    start("a", TcpIT.SERVER);
    domus("clone", "a", "c", "--live", "--with-memory");
    domus("start", "c");
    assertNotEquals(address("a"), address("c"));
    assertNotEquals(row("a").mac(), row("c").mac());
    for (String name : List.of("a", "c")) {
      Await.until(name + " answers", () -> answers(address(name)));
    }
  }

  private static boolean answers(String address) throws Exception {
    try (var socket = new java.net.Socket(address, 7000)) {
      socket.getOutputStream().write(1);
      return socket.getInputStream().read() == 1;
    }
  }
}
