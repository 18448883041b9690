// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The one native function: syscall(2) of the C library that the JVM has loaded. One function, and
 * no wrapper that an older C library may lack. It is called through a {@link Function} because that
 * is ready in a third of the time that a direct mapping takes, which is on the path of every start;
 * a call then costs two microseconds more.
 */
final class LibC {
  static final int AT_FDCWD = -100;
  static final int CLOEXEC = 0x80000;

  private static final Function SYSCALL = syscall();

  private LibC() {}

  private static Function syscall() {
    // Without this JNA runs ldconfig to learn where libraries are; ours is loaded already.
    if (System.getProperty("jna.platform.library.path") == null) {
      System.setProperty("jna.platform.library.path", "");
    }
    return NativeLibrary.getProcess().getFunction("syscall");
  }

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
    // Always six: a call reads all its arguments, and what is not passed is chance.
    Object[] all = {(long) number.number(), 0L, 0L, 0L, 0L, 0L, 0L};
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i];
    }
    long result = SYSCALL.invokeLong(all);
    return result == -1 ? -Native.getLastError() : result;
  }

  static KernelException failure(String what, Object operand, int errno) {
    return new KernelException(what + " " + operand, new Errno(errno));
  }
}
