// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.driver.SnapshotOperation.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A guest that holds one of each thing that the kernel keeps for it, and looks at all of them again
 * and again: whatever is not as it left it is a line in its file of wrongs.
 */
class SurvivalIT {
  private static final String PROGRAM =
      """
      import ctypes, fcntl, mmap, os, pty, select, signal, socket, struct, sys, termios
      import threading, time, tty

      wrongs = open('/wrong', 'a', buffering=1)

      def same(what, is_, wanted):
          if is_ != wanted:
              print(what, repr(is_), 'instead of', repr(wanted), file=wrongs)

      # Locks: held here, asked for by a child.
      flock = open('/flock', 'w'); fcntl.flock(flock, fcntl.LOCK_EX)
      posix = open('/posix', 'w'); fcntl.lockf(posix, fcntl.LOCK_EX, 10, 5)

      def locked():
          child = os.fork()
          if child == 0:
              free = 0
              try:
                  fcntl.flock(open('/flock', 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB); free |= 1
              except BlockingIOError: pass
              try:
                  fcntl.lockf(open('/posix', 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 7); free |= 2
              except BlockingIOError: pass
              try:
                  fcntl.lockf(open('/posix', 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 30)
              except BlockingIOError: free |= 4
              os._exit(free)
          return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

      # Pipes, FIFOs and sockets with something in them.
      text = bytes(range(256)) * 12
      pipe = os.pipe(); os.write(pipe[1], text)
      fcntl.fcntl(pipe[0], 1031, 1 << 18)
      os.mkfifo('/fifo'); fifo = os.open('/fifo', os.O_RDWR); os.write(fifo, text)
      stream = socket.socketpair(); stream[0].sendall(text)
      packets = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
      for part in (b'one', b'two'): packets[0].send(part)
      server = socket.socket(socket.AF_UNIX); server.bind('/run/server'); server.listen(3)
      abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); abstract.bind('\\0name')
      caller = socket.socket(socket.AF_UNIX); caller.connect('/run/server')
      answerer = server.accept()[0]

      # Memory that is shared, with a child that counts in it.
      shared = mmap.mmap(-1, 4096)
      libc = ctypes.CDLL(None, use_errno=True)
      libc.shmat.restype = ctypes.c_void_p
      segment = libc.shmget(4711, 8192, 0o1600)
      at = libc.shmat(segment, None, 0); ctypes.memmove(at, b'segment', 7)
      memfd = os.memfd_create('memory'); os.write(memfd, text)
      queue = libc.msgget(4712, 0o1600); libc.msgsnd(queue, struct.pack('l8s', 3, b'message'), 8, 0)
      sem = libc.semget(4713, 1, 0o1600); libc.semctl(sem, 0, 16, 42)
      if os.fork() == 0:
          count = 0
          while True:
              count += 1
              shared[:8] = struct.pack('q', count)
              time.sleep(0.002)

      # A child that has ended and is not waited for.
      zombie = os.fork()
      if zombie == 0: os._exit(77)

      # Timers.
      rings = [0]
      def ring(*_): rings[0] += 1
      signal.signal(signal.SIGALRM, ring); signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
      timer = os.timerfd_create(time.CLOCK_MONOTONIC, flags=os.TFD_NONBLOCK)
      os.timerfd_settime(timer, initial=0.01, interval=0.01)
      far = os.timerfd_create(time.CLOCK_MONOTONIC); os.timerfd_settime(far, initial=5000)
      event = os.eventfd(5)
      poll = select.epoll(); poll.register(event, select.EPOLLIN, ); poll.register(timer)
      signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGRTMIN + 3])
      os.kill(os.getpid(), signal.SIGUSR1)

      # Threads.
      turns = [0, 0, 0]; ids = []
      local = threading.local()
      def turn(number):
          local.own = number; ids.append(threading.get_native_id())
          while True:
              turns[number] += 1; same('thread', local.own, number); time.sleep(0.003)
      for number in range(3): threading.Thread(target=turn, args=(number,), daemon=True).start()

      # A terminal, with another session on it.
      terminal, far_end = pty.openpty(); tty.setraw(far_end)
      fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('4H', 33, 99, 0, 0))
      if os.fork() == 0:
          os.setsid(); fcntl.ioctl(far_end, termios.TIOCSCTTY, 0)
          while True: os.write(far_end, os.read(far_end, 100).upper())

      # Files: deleted, deleted and linked elsewhere, appended to, in a directory that is gone.
      ghost = open('/ghost', 'wb+'); ghost.write(text * 40); ghost.flush(); os.unlink('/ghost')
      stops = sys.argv[1] == 'stops'
      if stops:
          linked = open('/linked', 'w+'); linked.write('kept'); linked.flush()
          os.link('/linked', '/other'); os.unlink('/linked')
      offset = open('/offset', 'wb+', buffering=0); offset.write(text); offset.seek(1000)
      mapped = open('/mapped', 'wb+'); mapped.write(text); mapped.flush()
      view = mmap.mmap(mapped.fileno(), len(text))
      os.mkdir('/here'); os.chdir('/here')
      os.umask(0o027); os.nice(5); os.setpriority(os.PRIO_PROCESS, 0, 7)
      import resource
      resource.setrlimit(resource.RLIMIT_NOFILE, (123, 456))
      libc.prctl(15, b'survivor', 0, 0, 0)
      born = time.monotonic(); start = time.time()
      me = (os.getpid(), os.getpgid(0), os.getsid(0), threading.get_native_id())

      beats = 0
      counters = {'alarm': lambda: rings[0], 'threads': lambda: min(turns),
                  'shared': lambda: struct.unpack('q', shared[:8])[0]}
      last = dict.fromkeys(counters, 0)
      while True:
          same('locks', locked(), 0)
          same('pipe', os.read(pipe[0], 9999), text); os.write(pipe[1], text)
          same('pipe size', fcntl.fcntl(pipe[0], 1032), 1 << 18)
          same('fifo', os.read(fifo, 9999), text); os.write(fifo, text)
          same('stream', stream[1].recv(9999), text); stream[0].sendall(text)
          for part in (b'one', b'two'): same('packet', packets[1].recv(99), part); packets[0].send(part)
          caller.sendall(b'x%d' % beats); same('unix', answerer.recv(99), b'x%d' % beats)
          answerer.sendall(b'y'); same('unix back', caller.recv(99), b'y')
          another = socket.socket(socket.AF_UNIX); another.connect('/run/server')
          accepted = server.accept()[0]; another.sendall(b'hello')
          same('accepted', accepted.recv(9), b'hello'); another.close(); accepted.close()
          another = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); another.sendto(b'd', '\\0name')
          same('abstract', abstract.recv(9), b'd'); another.close()
          same('segment', ctypes.string_at(at, 7), b'segment')
          same('segment id', libc.shmget(4711, 8192, 0), segment)
          same('memfd', os.pread(memfd, 9999, 0), text)
          same('semaphore', libc.semctl(sem, 0, 12), 42)
          message = ctypes.create_string_buffer(16)
          same('message', (libc.msgrcv(queue, message, 8, 3, 0), message.raw[8:15]), (8, b'message'))
          libc.msgsnd(queue, struct.pack('l8s', 3, b'message'), 8, 0)
          same('pending', signal.SIGUSR1 in signal.sigpending(), True)
          same('mask', signal.pthread_sigmask(signal.SIG_BLOCK, []), {signal.SIGUSR1, signal.SIGRTMIN + 3})
          same('event', os.eventfd_read(event), 5); os.eventfd_write(event, 5)
          same('poll', event in [each[0] for each in poll.poll(1)], True)
          os.write(terminal, b'shout %d' % beats)
          same('terminal', os.read(terminal, 99), b'SHOUT %d' % beats)
          same('window', struct.unpack('4H', fcntl.ioctl(far_end, termios.TIOCGWINSZ, b' ' * 8))[:2], (33, 99))
          same('ghost', os.pread(ghost.fileno(), 999999, 0), text * 40)
          same('ghost links', os.fstat(ghost.fileno()).st_nlink, 0)
          if stops: same('linked', os.pread(linked.fileno(), 9, 0), b'kept')
          same('offset', offset.seek(0, 1), 1000)
          same('mapped', view[:], text)
          same('directory', os.getcwd(), '/here')
          same('umask', os.umask(0o027), 0o027)
          same('priority', os.getpriority(os.PRIO_PROCESS, 0), 7)
          same('limit', resource.getrlimit(resource.RLIMIT_NOFILE), (123, 456))
          same('name', open('/proc/self/comm').read(), 'survivor\\n')
          same('ids', (os.getpid(), os.getpgid(0), os.getsid(0), threading.get_native_id()), me)
          same('threads', sorted(ids), sorted(int(x) for x in os.listdir('/proc/self/task') if int(x) != me[3]))
          state = open('/proc/%d/stat' % zombie).read().split()[2]
          same('zombie', state, 'Z')
          time.sleep(0.01)
          # A clock outside goes on while the guest does not: its own may need a moment.
          deadline = time.monotonic() + 2
          for what, count in counters.items():
              while count() <= last[what] and time.monotonic() < deadline: time.sleep(0.002)
              if count() <= last[what]: print(what, 'stands at', count(), file=wrongs)
              last[what] = count()
          if not select.select([timer], [], [], 2)[0]: print('timer did not ring', file=wrongs)
          else: os.read(timer, 8)
          same('far timer', 4000 < os.timerfd_gettime(far)[0] <= 5000, True)
          same('clock', time.monotonic() - born < 900, True)
          beats += 1
          with open('/beats.new', 'w') as out: out.write(str(beats))
          os.rename('/beats.new', '/beats')
      """;

  private static final String OPTIONS = "<checkpoint fileLocks='yes'/>";
  private static final int ROUNDS = Integer.getInteger("domus.rounds", 3);

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random();

  private int beats(String domain) throws Exception {
    Path file = site.guest(domain, "/beats");
    Await.until("a first beat", () -> Files.exists(file));
    return Integer.parseInt(Files.readString(file));
  }

  private void goesOn(String domain, String when) throws Exception {
    int before = beats(domain);
    Await.until("more beats", () -> beats(domain) >= before + 3);
    assertEquals("", Files.readString(site.guest(domain, "/wrong")), when);
  }

  @Test
  void aGuestThatIsSaved() throws Exception {
    site.start(PythonGuest.of(site, "web", PROGRAM, "stops").with(OPTIONS));
    goesOn("web", "at first");
    for (int round = 0; round < ROUNDS; round++) {
      Thread.sleep(random.nextInt(80));
      new ManagedSaveOperation(site.driver()).run("web");
      new StartOperation(site.driver()).run("web", false);
      goesOn("web", "saved and started " + round);
      Snapshots.create(site.driver(), "web", Wanted.ALL_AND_STOP, "s");
      Snapshots.revert(site.driver(), "web", "s");
      goesOn("web", "restored " + round);
      new SnapshotDeletion(site.driver()).run("web", "s", false);
    }
  }

  @Test
  void aGuestThatRunsOn() throws Exception {
    site.start(PythonGuest.of(site, "web", PROGRAM, "goes on").with(OPTIONS));
    goesOn("web", "at first");
    for (int round = 0; round < ROUNDS; round++) {
      Thread.sleep(random.nextInt(80));
      Snapshots.create(site.driver(), "web", Wanted.ALL, "s");
      goesOn("web", "left running " + round);
      Snapshots.revert(site.driver(), "web", "s");
      goesOn("web", "reverted " + round);
      new SnapshotDeletion(site.driver()).run("web", "s", false);
    }
  }
}
