// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Linux system calls that Domus makes, one method per call and named after it, without any
 * policy: what the manual page says is what happens. Every failure is a {@link KernelException}
 * with the errno. Descriptors are opened close-on-exec, and a call that a signal interrupts is made
 * again.
 */
public interface Syscalls {

  // --- files ---

  /** open(2). */
  Fd open(Path path, Set<OpenFlag> flags, int mode) throws KernelException;

  /** open(2) of something that exists. */
  default Fd open(Path path, OpenFlag... flags) throws KernelException {
    return open(path, Set.of(flags), 0);
  }

  /** openat2(2) with RESOLVE_IN_ROOT: symbolic links and .. cannot lead out of {@code root}. */
  Fd openInRoot(Fd root, String path, Set<OpenFlag> flags) throws KernelException;

  /** close(2); called by {@link Fd#close()}. */
  void close(int descriptor) throws KernelException;

  /** read(2): at most {@code limit} bytes, empty at the end of the file. */
  byte[] read(Fd fd, int limit) throws KernelException;

  /** write(2): all of it. */
  void write(Fd fd, byte[] bytes) throws KernelException;

  /** pipe2(2). */
  Pipe pipe() throws KernelException;

  /** poll(2) for input, an error or a hang-up: true if there is one, false after the timeout. */
  boolean poll(Fd fd, Duration timeout) throws KernelException;

  /** flock(2): false if a {@code TRY_} operation found the lock taken. */
  boolean flock(Fd fd, LockOperation operation) throws KernelException;

  /** statx(2), following a symbolic link. */
  Stat stat(Path path) throws KernelException;

  /** statx(2) of the name itself. */
  Stat lstat(Path path) throws KernelException;

  /** statfs(2): what kind of filesystem this path is on. */
  FilesystemType statfs(Path path) throws KernelException;

  /** mknod(2); {@code mode} holds the type and the permissions. */
  void mknod(Path path, int mode, DeviceNumber device) throws KernelException;

  /** lgetxattr(2): empty where there is no such attribute. */
  Optional<byte[]> lgetxattr(Path path, String name) throws KernelException;

  /** llistxattr(2). */
  List<String> llistxattr(Path path) throws KernelException;

  /** lsetxattr(2). */
  void lsetxattr(Path path, String name, byte[] value) throws KernelException;

  /** lremovexattr(2). */
  void lremovexattr(Path path, String name) throws KernelException;

  /** isatty(3). */
  boolean isatty(int descriptor);

  /** tcgetattr(3). */
  Terminal tcgetattr(int descriptor) throws KernelException;

  /** tcsetattr(3), at once. */
  void tcsetattr(int descriptor, Terminal settings) throws KernelException;

  /** TIOCGWINSZ. */
  WindowSize windowSize(int descriptor) throws KernelException;

  // --- mounts ---

  /** fsopen(2): a context in which a filesystem of this type is configured. */
  Fd fsopen(String type) throws KernelException;

  /** fsconfig(2). */
  void fsconfig(Fd context, FsSetting setting) throws KernelException;

  /** What the kernel had to say about a context since the last call, oldest first. */
  List<String> readContextLog(Fd context) throws KernelException;

  /** fsmount(2): a mount that is attached nowhere yet. */
  Fd fsmount(Fd context, Set<MountAttribute> attributes) throws KernelException;

  /** open_tree(2) with OPEN_TREE_CLONE: a detached bind mount of {@code path}. */
  Fd openTree(Path path, boolean recursive) throws KernelException;

  /** mount_setattr(2). */
  void mountSetattr(Fd mount, MountChange change, boolean recursive) throws KernelException;

  /** move_mount(2): attaches a detached mount. */
  void moveMount(Fd mount, Path target) throws KernelException;

  /** mount(2), for kernels without the calls above and for propagation. */
  void mount(String source, Path target, String type, Set<MountFlag> flags, String options)
      throws KernelException;

  /** chdir(2), of the calling thread only if that shares its filesystem attributes with none. */
  void chdir(Path directory) throws KernelException;

  /** umount2(2). */
  void umount(Path target, Set<UnmountFlag> flags) throws KernelException;

  // --- namespaces and processes ---

  /** unshare(2), of the calling thread only. */
  void unshare(Set<Namespace> namespaces) throws KernelException;

  /** setns(2), of the calling thread only. */
  void setns(Fd fd, Namespace namespace) throws KernelException;

  /** pidfd_open(2). */
  Fd pidfdOpen(int pid) throws KernelException;

  /** pidfd_send_signal(2). */
  void pidfdSendSignal(Fd pidfd, Signal signal) throws KernelException;

  /** kill(2). */
  void kill(int pid, Signal signal) throws KernelException;

  /** getuid(2). */
  int getuid();

  /** geteuid(2). */
  int geteuid();

  // --- loop devices ---

  /** LOOP_CTL_GET_FREE: the number of a free loop device, made if there is none. */
  int loopGetFree(Fd control) throws KernelException;

  /** LOOP_CONFIGURE: attaches a file to a loop device. */
  void loopConfigure(Fd loop, Fd backing, Set<LoopFlag> flags) throws KernelException;

  /** LOOP_GET_STATUS64. */
  LoopStatus loopStatus(Fd loop) throws KernelException;

  /** LOOP_CLR_FD: detaches, at once or when the last user has closed it. */
  void loopClear(Fd loop) throws KernelException;

  // --- sockets ---

  /** socket(2): AF_UNIX, SOCK_SEQPACKET. */
  Fd socket() throws KernelException;

  /** connect(2) to a socket in the file system; the path holds 107 bytes at most. */
  void connect(Fd socket, Path path) throws KernelException;

  /** send(2) of one packet. */
  void send(Fd socket, byte[] packet) throws KernelException;

  /** recv(2) of one packet, empty when the other side has ended. */
  byte[] receive(Fd socket, int limit) throws KernelException;

  /** shutdown(2) for writing. */
  void shutdown(Fd socket) throws KernelException;
}
