// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import com.sun.jna.Native;

/**
 * The one native function: syscall(2) of the C library, mapped directly. One function instead of
 * forty keeps the start of the JVM short and needs no wrapper that an older C library may lack.
 */
final class LibC {
  static final int AT_FDCWD = -100;
  static final int CLOEXEC = 0x80000;

  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  private static native long syscall(long number, long a, long b, long c, long d, long e, long f);

  /** Makes a call again as long as signals interrupt it. */
  static long call(String what, Object operand, CallNumber number, long... arguments)
      throws KernelException {
    long result = attempt(number, arguments);
    while (result == -Errno.EINTR.number()) {
      result = attempt(number, arguments);
    }
    if (result < 0) {
      throw failure(what, operand, (int) -result);
    }
    return result;
  }

  /** Makes a call once: its result, or the errno as a negative number. */
  static long attempt(CallNumber number, long... arguments) {
    long[] all = new long[6];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    long result = syscall(number.number(), all[0], all[1], all[2], all[3], all[4], all[5]);
    return result == -1 ? -Native.getLastError() : result;
  }

  static KernelException failure(String what, Object operand, int errno) {
    return new KernelException(what + " " + operand, new Errno(errno));
  }
}
