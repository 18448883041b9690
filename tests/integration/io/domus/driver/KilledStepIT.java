// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Killing the process that starts or destroys a domain, at any step or instant: the next command
 * tells the truth, the machine is as it was, and the domain can be started.
 */
class KilledStepIT {
  @RegisterExtension final Site site = new Site();

  /** Gets ready while the test looks at what its predecessor left. */
  private Victim next;

  @AfterEach
  void endLast() throws Exception {
    next.close();
  }

  /** How the child ended that was to be killed before the last step and one. */
  private static final int ENDED = 0;

  @ParameterizedTest
  @EnumSource(names = {"MATERIALISE", "QCOW2_LAYER", "MAPPED"})
  void start(Shape shape) throws Exception {
    DomainXml xml = shape.build(site);
    site.start(xml);
    site.destroy(xml.name());
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    next = new Victim(site, xml.name());
    for (int step = 1; status == Victim.KILLED; step++) {
      Victim victim = next;
      victim.begin("start", step);
      next = new Victim(site, xml.name());
      status = victim.await();
      if (status == Victim.KILLED) {
        assertEquals("shut off (destroyed)", onlyState(), "step " + step);
        awaitClearedUp();
        before.assertUnchanged("a kill at step " + step);
      }
    }
    assertEquals(ENDED, status);
    assertEquals("running", onlyState());
    site.destroy(xml.name());
    before.assertUnchanged("the start at the end");
  }

  /** The guest's data is whole, and what the definition says of crashes does not apply. */
  @ParameterizedTest
  @EnumSource(names = "QCOW2_LAYER")
  void destroy(Shape shape) throws Exception {
    DomainXml xml = shape.build(site).with("<on_crash>restart</on_crash>");
    site.start(xml);
    site.destroy(xml.name());
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    next = new Victim(site, xml.name());
    for (int step = 1; status == Victim.KILLED; step++) {
      site.start(xml.name());
      Victim victim = next;
      victim.begin("destroy", step);
      next = new Victim(site, xml.name());
      status = victim.await();
      if (step == 1) {
        assertEquals("running", onlyState(), "the signal was never sent");
        site.destroy(xml.name());
      } else {
        // One that was sent the signal may take a moment to die.
        Await.until(this::onlyState, () -> onlyState().equals("shut off (destroyed)"));
      }
      awaitClearedUp();
      before.assertUnchanged("a kill at step " + step);
    }
    assertEquals(ENDED, status);
  }

  @Test
  void anyInstantOfStart() throws Exception {
    DomainXml xml = Shape.QCOW2_LAYER.build(site);
    site.start(xml);
    site.destroy(xml.name());
    MachineState before = MachineState.of(site);
    Random random = new Random(1);
    Duration whole = duration("start", xml.name());
    site.destroy(xml.name());
    next = new Victim(site, xml.name());
    for (int round = 0; round < 20; round++) {
      Victim victim = next;
      victim.begin("start", 0);
      next = new Victim(site, xml.name());
      Duration instant = Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
      victim.killAfter(instant);
      String state = onlyState();
      assertTrue(List.of("running", "shut off (destroyed)").contains(state), state);
      if (state.equals("running")) {
        assertEquals("web\n", site.output(xml.name(), "env", "sh", "-c", "echo $LIBVIRT_LXC_NAME"));
        site.destroy(xml.name());
      }
      awaitClearedUp();
      before.assertUnchanged("a kill after " + instant.toMillis() + " ms");
    }
    site.start(xml.name());
    assertEquals("running", onlyState());
  }

  /** The exit command may have started a launcher, which finds nothing to do or does it. */
  private void awaitClearedUp() throws Exception {
    Await.until("an end of clearing up", () -> Host.processes("drain-exits").isEmpty());
  }

  private Duration duration(String verb, String domain) throws Exception {
    try (Victim whole = new Victim(site, domain)) {
      whole.begin(verb, 0);
      long begun = System.nanoTime();
      assertEquals(ENDED, whole.await());
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  /** What {@code list --all} prints of the one domain there is. */
  private String onlyState() {
    List<DomainView.Summary> all = new DomainView(site.driver()).all();
    assertEquals(1, all.size(), () -> "domains: " + all);
    return all.getFirst().condition().toString();
  }
}
