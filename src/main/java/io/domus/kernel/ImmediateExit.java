// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/**
 * Ends this process as _exit(2) does. The JVM's own ways wait 300 ms for every thread that is in
 * native code, as the one is that waits for a program which runs on after us: {@code
 * VM_Exit::wait_for_threads_in_native_to_block} in HotSpot's {@code vmOperations.cpp}.
 */
public final class ImmediateExit {
  private ImmediateExit() {}

  /** Does not return; what is not written yet is lost. */
  public static void with(int status) {
    LibC.attempt(CallNumber.EXIT_GROUP, status);
  }
}
