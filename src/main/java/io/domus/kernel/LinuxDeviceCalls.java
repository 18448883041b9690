// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.attempt;
import static io.domus.kernel.LibC.call;
import static io.domus.kernel.Scratch.address;

import com.sun.jna.Pointer;
import java.util.EnumSet;
import java.util.Set;

/** Loop devices and terminals: what goes by ioctl(2). */
interface LinuxDeviceCalls extends Syscalls {
  int TCGETS = 0x5401;
  int TCSETS = 0x5402;
  int TIOCGWINSZ = 0x5413;
  int LOOP_CLR_FD = 0x4c01;
  int LOOP_GET_STATUS64 = 0x4c05;
  int LOOP_CONFIGURE = 0x4c0a;
  int LOOP_CTL_GET_FREE = 0x4c82;

  /** Offset of {@code lo_flags} in {@code struct loop_info64}. */
  int LOOP_FLAGS = 52;

  /** Offset of {@code struct loop_info64} in {@code struct loop_config}. */
  int LOOP_INFO = 8;

  @Override
  default boolean isatty(int descriptor) {
    try (Scratch scratch = new Scratch()) {
      long settings = address(scratch.zeroed(Terminal.SIZE));
      return attempt(CallNumber.IOCTL, descriptor, TCGETS, settings) == 0;
    }
  }

  @Override
  default Terminal tcgetattr(int descriptor) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer settings = scratch.zeroed(Terminal.SIZE);
      call("tcgetattr", descriptor, CallNumber.IOCTL, descriptor, TCGETS, address(settings));
      return new Terminal(settings.getByteArray(0, Terminal.SIZE));
    }
  }

  @Override
  default void tcsetattr(int descriptor, Terminal settings) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long bytes = scratch.bytes(settings.bytes());
      call("tcsetattr", descriptor, CallNumber.IOCTL, descriptor, TCSETS, bytes);
    }
  }

  @Override
  default WindowSize windowSize(int descriptor) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer size = scratch.zeroed(8);
      call("TIOCGWINSZ", descriptor, CallNumber.IOCTL, descriptor, TIOCGWINSZ, address(size));
      return new WindowSize(size.getShort(0) & 0xffff, size.getShort(2) & 0xffff);
    }
  }

  @Override
  default int loopGetFree(Fd control) throws KernelException {
    return (int)
        call("LOOP_CTL_GET_FREE", control, CallNumber.IOCTL, control.number(), LOOP_CTL_GET_FREE);
  }

  @Override
  default void loopConfigure(Fd loop, Fd backing, Set<LoopFlag> flags) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer config = scratch.zeroed(304);
      config.setInt(0, backing.number());
      config.setInt(LOOP_INFO + LOOP_FLAGS, (int) FlagBits.of(flags));
      long fd = loop.number();
      call("LOOP_CONFIGURE", loop, CallNumber.IOCTL, fd, LOOP_CONFIGURE, address(config));
    }
  }

  @Override
  default LoopStatus loopStatus(Fd loop) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer info = scratch.zeroed(232);
      long fd = loop.number();
      call("LOOP_GET_STATUS64", loop, CallNumber.IOCTL, fd, LOOP_GET_STATUS64, address(info));
      Set<LoopFlag> flags = EnumSet.allOf(LoopFlag.class);
      flags.removeIf(flag -> (info.getInt(LOOP_FLAGS) & flag.bits()) == 0);
      DeviceNumber device = DeviceNumber.decode(info.getLong(0));
      return new LoopStatus(device, info.getLong(8), info.getInt(40), flags);
    }
  }

  @Override
  default void loopClear(Fd loop) throws KernelException {
    call("LOOP_CLR_FD", loop, CallNumber.IOCTL, loop.number(), LOOP_CLR_FD);
  }
}
