// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guests that were ready and are not any more count as crashed; others are left alone. */
class WatchdogIT {
  private static final String LOOKING =
      "<autostart><ready type='path' value='/up' watchdog='2'/></autostart>";

  @RegisterExtension final Site site = new Site();

  private final List<String> told = new CopyOnWriteArrayList<>();
  private Thread watchdog;

  @BeforeEach
  void watch() {
    Watchdog watching = new Watchdog(site.driver(), (name, what) -> told.add(name + ": " + what));
    watchdog =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    watching.run();
                  } catch (IOException failure) {
                    told.add(failure.toString());
                  } catch (InterruptedException asked) {
                    told.add("interrupted");
                  }
                });
  }

  @AfterEach
  void leave() throws Exception {
    watchdog.interrupt();
    watchdog.join();
    assertEquals("interrupted", told.getLast());
  }

  private DomainXml guest(String script, String... more) throws Exception {
    DomainXml xml =
        DomainXml.named("web")
            .script(script + "; while :; do sleep 1; done")
            .root(site.tree("tree"))
            .with(LOOKING);
    for (String each : more) {
      xml.with(each);
    }
    return xml;
  }

  /** As many looks as there are at least, and then some. */
  private static void looksPass() throws InterruptedException {
    Thread.sleep(6000);
  }

  /** And cleared up after. */
  private void ended() throws Exception {
    DomainView view = new DomainView(site.driver());
    Await.until(
        () -> view.one("web").condition().toString(),
        () -> view.one("web").condition().toString().equals("crashed (watchdog)"));
  }

  @Test
  void oneThatIsNotReadyAnyMoreIsStartedAgain() throws Exception {
    site.start(guest("echo x >>/starts; : >/up", "<on_crash>restart</on_crash>"));
    int first = site.init("web");
    looksPass();
    assertEquals(first, site.init("web"), told::toString);
    Files.delete(site.path("tree/up"));
    Path starts = site.path("tree/starts");
    Await.until("a restart", () -> Files.readString(starts).equals("x\nx\n"));
    Await.until("a guest", () -> site.state("web").equals("running"));
    assertNotEquals(first, site.init("web"));
    assertEquals(List.of("web: path /up has not held 2 times in a row: ended as crashed"), told);
    looksPass();
    assertEquals("x\nx\n", Files.readString(starts), "the new one is ready");
    assertEquals(1, told.size(), told::toString);
  }

  @Test
  void whatIsRecordedOfTheEnd() throws Exception {
    site.start(guest(": >/up"));
    Await.until("a guest that is ready", () -> Files.exists(site.path("tree/up")));
    looksPass();
    Files.delete(site.path("tree/up"));
    ended();
    String events = Files.readString(site.driver().layout().events());
    assertTrue(events.contains("path /up has not held 2 times in a row"), events);
  }

  @Test
  void whoTakesLongToComeUpIsLeftAlone() throws Exception {
    site.start(guest(":"));
    int init = site.init("web");
    looksPass();
    assertEquals(init, site.init("web"));
    assertEquals(List.of(), told);
  }

  @Test
  void oneThatStandsStillIsLeftAlone() throws Exception {
    site.start(guest(": >/up"));
    int init = site.init("web");
    looksPass();
    new PauseOperation(site.driver()).suspend("web");
    Files.delete(site.path("tree/up"));
    looksPass();
    assertEquals(init, site.init("web"));
    assertEquals(List.of(), told);
    new PauseOperation(site.driver()).resume("web");
    ended();
  }
}
