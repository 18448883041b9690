// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** Something did not happen in the time given. */
public final class OperationTimeoutException extends DomainException {
  private static final long serialVersionUID = 1L;

  public OperationTimeoutException(String message) {
    this(message, null);
  }

  public OperationTimeoutException(String message, Throwable cause) {
    super(ErrorCode.OPERATION_TIMEOUT, message, cause);
  }
}
