// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes through an interface is as fast as its definition lets it be. */
class BandwidthIT {
  /** Bytes: some seconds' worth, beside which a burst does not count. */
  private static final int AMOUNT = 4_000_000;

  private static final double TOLERANCE = 0.2;

  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private void start(String... elements) throws Exception {
    DomainXml xml = lab.domain("a", Lab.network("lab", elements));
    Files.write(site.path("a/www/big"), new byte[AMOUNT]);
    site.start(xml);
  }

  /** Bytes in a second that the host gets of the guest. */
  private double sent() throws Exception {
    String address =
        new InterfaceView(site.driver()).addresses("a").getFirst().address().toString();
    Await.until(
        "a server", () -> site.exec("a", "busybox", "wget", "-qO-", "127.0.0.1").exit() == 0);
    long begin = System.nanoTime();
    try (InputStream in = URI.create("http://" + address + "/big").toURL().openStream()) {
      assertEquals(AMOUNT, in.transferTo(OutputStream.nullOutputStream()));
    }
    return AMOUNT / ((System.nanoTime() - begin) / 1e9);
  }

  /** Bytes in a second that the guest gets of the host. */
  private double received() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("10.88.0.1"))) {
      Thread serving = Thread.ofPlatform().daemon().start(() -> serve(server));
      String where = "http://10.88.0.1:" + server.getLocalPort() + "/big";
      long begin = System.nanoTime();
      site.output("a", "busybox", "wget", "-qO", "/dev/null", where);
      double rate = AMOUNT / ((System.nanoTime() - begin) / 1e9);
      serving.join();
      return rate;
    }
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      // What is not read when the socket is closed makes the kernel drop what is still to be sent.
      socket.getInputStream().read(new byte[4096]);
      out.write(
          ("HTTP/1.0 200 OK\r\nContent-Length: " + AMOUNT + "\r\n\r\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      out.write(new byte[AMOUNT]);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // The guest's end says it.
    }
  }

  private static void assertNear(double wanted, double measured) {
    assertTrue(
        Math.abs(measured - wanted) <= TOLERANCE * wanted,
        () -> "%.0f bytes a second instead of %.0f".formatted(measured, wanted));
  }

  @Test
  void bothWays() throws Exception {
    start("<bandwidth><inbound average='2000'/><outbound average='1000'/></bandwidth>");
    assertNear(2_000_000, received());
    assertNear(1_000_000, sent());
  }

  @Test
  void withoutLimitsItIsFast() throws Exception {
    start();
    assertTrue(received() > 20_000_000);
    assertTrue(sent() > 20_000_000);
  }

  /** What one end takes for a packet, the other does, too. */
  @Test
  void packetsAreAsLongAsTheInterfaceSays() throws Exception {
    start("<mtu size='1280'/>");
    assertEquals("1280\n", site.output("a", "cat", "/sys/class/net/eth0/mtu"));
    String device =
        new InterfaceView(site.driver()).rows("a", false).getFirst().device().orElseThrow();
    assertEquals("1280", Host.run("cat", "/sys/class/net/" + device + "/mtu"));
    assertTrue(sent() > 1_000_000);
  }
}
