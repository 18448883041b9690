// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.call;
import static io.domus.kernel.LibC.failure;
import static io.domus.kernel.Scratch.address;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Packet sockets in the file system, which Java's channels do not have. */
interface LinuxSocketCalls extends Syscalls {
  int AF_UNIX = 1;
  int SOCK_SEQPACKET = 5;
  int MSG_NOSIGNAL = 0x4000;
  int SHUT_WR = 1;
  int PATH_LIMIT = 107;

  @Override
  default Fd socket() throws KernelException {
    long type = SOCK_SEQPACKET | LibC.CLOEXEC;
    return new Fd(this, (int) call("socket", "unix", CallNumber.SOCKET, AF_UNIX, type, 0));
  }

  @Override
  default void connect(Fd socket, Path path) throws KernelException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > PATH_LIMIT) {
      throw failure("connect", path, Errno.ENAMETOOLONG.number());
    }
    try (Scratch scratch = new Scratch()) {
      int size = 2 + name.length + 1;
      Pointer address = scratch.zeroed(size);
      address.setShort(0, (short) AF_UNIX);
      address.write(2, name, 0, name.length);
      call("connect", path, CallNumber.CONNECT, socket.number(), address(address), size);
    }
  }

  @Override
  default void send(Fd socket, byte[] packet) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long bytes = scratch.bytes(packet);
      long fd = socket.number();
      call("send", socket, CallNumber.SENDTO, fd, bytes, packet.length, MSG_NOSIGNAL, 0, 0);
    }
  }

  @Override
  default byte[] receive(Fd socket, int limit) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer buffer = scratch.zeroed(limit);
      long fd = socket.number();
      long size = call("recv", socket, CallNumber.RECVFROM, fd, address(buffer), limit, 0, 0, 0);
      return buffer.getByteArray(0, (int) size);
    }
  }

  @Override
  default void shutdown(Fd socket) throws KernelException {
    call("shutdown", socket, CallNumber.SHUTDOWN, socket.number(), SHUT_WR);
  }
}
