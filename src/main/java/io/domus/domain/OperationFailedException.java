// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** A step of an operation failed; what had been done was undone. */
public final class OperationFailedException extends DomainException {
  private static final long serialVersionUID = 1L;

  public OperationFailedException(String message) {
    this(message, null);
  }

  public OperationFailedException(String message, Throwable cause) {
    super(ErrorCode.OPERATION_FAILED, message, cause);
  }
}
