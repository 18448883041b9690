// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** A file that the user named cannot be read. */
public final class ReadFailedException extends DomainException {
  private static final long serialVersionUID = 1L;

  public ReadFailedException(String message) {
    this(message, null);
  }

  public ReadFailedException(String message, Throwable cause) {
    super(ErrorCode.READ_FAILED, message, cause);
  }
}
