// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** The operation does not fit the domain's present state. */
public final class OperationInvalidException extends DomainException {
  private static final long serialVersionUID = 1L;

  public OperationInvalidException(String message) {
    this(message, null);
  }

  public OperationInvalidException(String message, Throwable cause) {
    super(ErrorCode.OPERATION_INVALID, message, cause);
  }
}
