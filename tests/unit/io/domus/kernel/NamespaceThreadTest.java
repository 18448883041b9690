// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NamespaceThreadTest {
  private final FakeSyscalls syscalls = new FakeSyscalls();
  private final NamespaceThread threads = new NamespaceThread(syscalls);

  @Test
  void worksOnAThreadOfItsOwn() throws Exception {
    Thread worker = threads.inNew(Thread::currentThread);
    assertNotSame(Thread.currentThread(), worker);
    assertEquals(Thread.State.TERMINATED, worker.getState());
    assertEquals(List.of("unshare", "mount /"), syscalls.calls());
  }

  @Test
  void exceptionsComeThroughAsTheyAre() {
    IOException checked = new IOException("broken");
    assertSame(
        checked,
        assertThrows(
            IOException.class,
            () ->
                threads.inNew(
                    () -> {
                      throw checked;
                    })));
    assertThrows(
        StackOverflowError.class,
        () ->
            threads.inNew(
                () -> {
                  throw new StackOverflowError();
                }));
  }

  @Test
  void withoutANamespaceNothingIsDone() {
    syscalls.fail("unshare", Errno.EPERM);
    SyscallsContract.refused(
        Errno.EPERM,
        () ->
            threads.inNew(
                () -> {
                  throw new AssertionError("done in the wrong namespace");
                }));
  }

  @Test
  void anInterruptReachesTheWorkAndIsKept() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    threads.inNew(
                        () -> {
                          working.countDown();
                          Thread.sleep(60_000);
                          return null;
                        });
                  } catch (InterruptedException e) {
                    // A flag that is still up by now was set again after the work had seen it.
                    assertTrue(Thread.currentThread().isInterrupted());
                    Thread.currentThread().setName("told");
                  } catch (KernelException e) {
                    throw new AssertionError(e);
                  }
                });
    working.await();
    caller.interrupt();
    caller.join();
    assertEquals("told", caller.getName());
  }
}
