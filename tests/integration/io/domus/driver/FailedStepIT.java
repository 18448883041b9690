// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import io.domus.executor.StepObserver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure at any step leaves the machine as it was, and says which step failed and why. */
class FailedStepIT {
  @RegisterExtension final Site site = new Site();

  @ParameterizedTest
  @EnumSource
  void start(Shape shape) throws Exception {
    DomainXml xml = shape.build(site);
    site.start(xml);
    site.destroy(xml.name());
    MachineState before = MachineState.of(site);
    int steps = startSteps(xml);
    for (int number = 1; number <= steps; number++) {
      StartOperation start = new StartOperation(site.driver(failingAt(number)));
      OperationFailedException failure =
          assertThrows(OperationFailedException.class, () -> start.run(xml.name()));
      String message = failure.getMessage();
      assertTrue(
          message.startsWith("cannot start domain 'web': step " + number + " of " + steps + ", ")
              && message.contains(": injected"),
          message);
      assertEquals(1, message.lines().count(), message);
      assertEquals(0, failure.getCause().getSuppressed().length, "undos that failed");
      assertEquals("shut off (destroyed)", site.state(xml.name()));
      before.assertUnchanged("step " + number + " of start failed");
    }
    site.start(xml.name());
    assertEquals("running", site.state(xml.name()));
    site.destroy(xml.name());
    before.assertUnchanged("the start after all that");
  }

  /** A step of destroy that fails once leaves nothing that the next command does not clear up. */
  @ParameterizedTest
  @EnumSource(names = {"MATERIALISE", "QCOW2_LAYER", "BINDS"})
  void destroy(Shape shape) throws Exception {
    DomainXml xml = shape.build(site);
    site.start(xml);
    site.destroy(xml.name());
    MachineState before = MachineState.of(site);
    int steps = 0;
    // From the second step: the first is the signal, which nothing refuses to root.
    for (int number = 2; steps == 0 || number <= steps; number++) {
      site.start(xml.name());
      AtomicInteger seen = new AtomicInteger();
      int failing = number;
      StepObserver counting =
          (step, what) -> {
            seen.set(step);
            failingAt(failing).before(step, what);
          };
      DestroyOperation destroy = new DestroyOperation(site.driver(counting));
      OperationFailedException failure =
          assertThrows(OperationFailedException.class, () -> destroy.run(xml.name()));
      steps = seen.get();
      String message = failure.getMessage();
      assertTrue(
          message.startsWith("cannot stop domain 'web': step " + number + " of " + steps + ", ")
              && message.contains(": injected"),
          message);
      assertEquals("shut off (destroyed)", site.state(xml.name()), message);
      site.start(xml.name());
      site.destroy(xml.name());
      before.assertUnchanged("step " + number + " of destroy failed");
    }
  }

  private int startSteps(DomainXml xml) {
    Definition definition = new DefinitionReader(site.driver()).parse("web.xml", xml.bytes());
    return new PlanOperation(site.driver()).start(definition.domain()).steps().size();
  }

  private static StepObserver failingAt(int failing) {
    return (number, step) -> {
      if (number == failing) {
        throw new IOException("injected");
      }
    };
  }
}
