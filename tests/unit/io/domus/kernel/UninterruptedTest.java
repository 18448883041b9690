// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  /** Fails if the thread is interrupted, as waiting and writing to a channel do. */
  private void work() throws IOException {
    done.add("begun");
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
    done.add("done");
  }

  @Test
  void anInterruptFromBeforeWaits() throws IOException {
    Thread.currentThread().interrupt();
    Uninterrupted.run(this::work);
    assertEquals(List.of("begun", "done"), done);
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatAnInterruptCutsShortIsDoneAgain() throws IOException {
    Uninterrupted.run(
        () -> {
          if (done.isEmpty()) {
            Thread.currentThread().interrupt();
          }
          work();
        });
    assertEquals(List.of("begun", "begun", "done"), done);
    assertTrue(Thread.interrupted());
  }

  @Test
  void anotherFailureIsHandedOn() {
    Uninterrupted.Work failing =
        () -> {
          done.add("begun");
          throw new IOException("no");
        };
    assertThrows(IOException.class, () -> Uninterrupted.run(failing));
    assertEquals(List.of("begun"), done);
    assertFalse(Thread.interrupted());
  }
}
