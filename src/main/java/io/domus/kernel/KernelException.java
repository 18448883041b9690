// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.IOException;

/**
 * A system call failed. The message reads {@code open /srv/base: no such file or directory
 * (ENOENT)}; where the kernel gave a sentence of its own, that stands in place of the errno's text.
 */
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final Errno errno;
  private final String detail;

  /** A failed call, named with its most telling arguments. */
  public KernelException(String call, Errno errno) {
    this(call, errno, "");
  }

  /** A failed call and the kernel's own sentence about it, empty if there is none. */
  public KernelException(String call, Errno errno, String detail) {
    super(call + ": " + (detail.isEmpty() ? errno.text() : detail) + " (" + errno.name() + ")");
    this.call = call;
    this.errno = errno;
    this.detail = detail;
  }

  /** The call and its arguments, such as {@code open /srv/base}. */
  public String call() {
    return call;
  }

  public Errno errno() {
    return errno;
  }

  /** Why, in the kernel's own words where it has any, else the errno's text. */
  public String reason() {
    return detail.isEmpty() ? errno.text() : detail;
  }

  /** The same failure, explained by the kernel. */
  public KernelException withDetail(String sentence) {
    KernelException explained = new KernelException(call, errno, sentence);
    explained.setStackTrace(getStackTrace());
    return explained;
  }
}
