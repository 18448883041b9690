// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.Serializable;

/** Why a system call failed. A number without a name here keeps its number. */
public record Errno(int number) implements Serializable {
  private static final String[] TABLE = new String[134];

  public static final Errno EPERM = named(1, "EPERM", "operation not permitted");
  public static final Errno ENOENT = named(2, "ENOENT", "no such file or directory");
  public static final Errno ESRCH = named(3, "ESRCH", "no such process");
  public static final Errno EINTR = named(4, "EINTR", "interrupted system call");
  public static final Errno EIO = named(5, "EIO", "input/output error");
  public static final Errno ENXIO = named(6, "ENXIO", "no such device or address");
  public static final Errno E2BIG = named(7, "E2BIG", "argument list too long");
  public static final Errno EBADF = named(9, "EBADF", "bad file descriptor");
  public static final Errno EAGAIN = named(11, "EAGAIN", "resource temporarily unavailable");
  public static final Errno ENOMEM = named(12, "ENOMEM", "cannot allocate memory");
  public static final Errno EACCES = named(13, "EACCES", "permission denied");
  public static final Errno ENOTBLK = named(15, "ENOTBLK", "block device required");
  public static final Errno EBUSY = named(16, "EBUSY", "device or resource busy");
  public static final Errno EEXIST = named(17, "EEXIST", "file exists");
  public static final Errno EXDEV = named(18, "EXDEV", "invalid cross-device link");
  public static final Errno ENODEV = named(19, "ENODEV", "no such device");
  public static final Errno ENOTDIR = named(20, "ENOTDIR", "not a directory");
  public static final Errno EISDIR = named(21, "EISDIR", "is a directory");
  public static final Errno EINVAL = named(22, "EINVAL", "invalid argument");
  public static final Errno ENFILE = named(23, "ENFILE", "too many open files in system");
  public static final Errno EMFILE = named(24, "EMFILE", "too many open files");
  public static final Errno ENOTTY = named(25, "ENOTTY", "inappropriate ioctl for device");
  public static final Errno ETXTBSY = named(26, "ETXTBSY", "text file busy");
  public static final Errno EFBIG = named(27, "EFBIG", "file too large");
  public static final Errno ENOSPC = named(28, "ENOSPC", "no space left on device");
  public static final Errno EROFS = named(30, "EROFS", "read-only file system");
  public static final Errno EMLINK = named(31, "EMLINK", "too many links");
  public static final Errno EPIPE = named(32, "EPIPE", "broken pipe");
  public static final Errno ERANGE = named(34, "ERANGE", "numerical result out of range");
  public static final Errno EDEADLK = named(35, "EDEADLK", "resource deadlock avoided");
  public static final Errno ENAMETOOLONG = named(36, "ENAMETOOLONG", "file name too long");
  public static final Errno ENOSYS = named(38, "ENOSYS", "function not implemented");
  public static final Errno ENOTEMPTY = named(39, "ENOTEMPTY", "directory not empty");
  public static final Errno ELOOP = named(40, "ELOOP", "too many levels of symbolic links");
  public static final Errno ENODATA = named(61, "ENODATA", "no data available");
  public static final Errno EOVERFLOW =
      named(75, "EOVERFLOW", "value too large for defined data type");
  public static final Errno EUSERS = named(87, "EUSERS", "too many users");
  public static final Errno ENOTSOCK = named(88, "ENOTSOCK", "socket operation on non-socket");
  public static final Errno EMSGSIZE = named(90, "EMSGSIZE", "message too long");
  public static final Errno EPROTOTYPE = named(91, "EPROTOTYPE", "protocol wrong type for socket");
  public static final Errno EOPNOTSUPP = named(95, "EOPNOTSUPP", "operation not supported");
  public static final Errno ECONNRESET = named(104, "ECONNRESET", "connection reset by peer");
  public static final Errno ENOBUFS = named(105, "ENOBUFS", "no buffer space available");
  public static final Errno EISCONN =
      named(106, "EISCONN", "transport endpoint is already connected");
  public static final Errno ENOTCONN =
      named(107, "ENOTCONN", "transport endpoint is not connected");
  public static final Errno ETIMEDOUT = named(110, "ETIMEDOUT", "connection timed out");
  public static final Errno ECONNREFUSED = named(111, "ECONNREFUSED", "connection refused");
  public static final Errno ESTALE = named(116, "ESTALE", "stale file handle");
  public static final Errno EUCLEAN = named(117, "EUCLEAN", "structure needs cleaning");
  public static final Errno EDQUOT = named(122, "EDQUOT", "disk quota exceeded");
  public static final Errno ENOMEDIUM = named(123, "ENOMEDIUM", "no medium found");

  private static Errno named(int number, String name, String text) {
    TABLE[number] = name + " " + text;
    return new Errno(number);
  }

  private String entry() {
    String known = number > 0 && number < TABLE.length ? TABLE[number] : null;
    return known == null ? "errno-" + number + " unknown error " + number : known;
  }

  /** {@code ENOENT}, or {@code errno-523} for one without a name. */
  public String name() {
    String entry = entry();
    return entry.substring(0, entry.indexOf(' '));
  }

  /** The manual's sentence, in lower case. */
  public String text() {
    String entry = entry();
    return entry.substring(entry.indexOf(' ') + 1);
  }

  @Override
  public String toString() {
    return name();
  }
}
