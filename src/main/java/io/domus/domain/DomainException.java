// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/**
 * A failure that the user is told of in one line: lower case, no full stop, naming the object.
 *
 * <p>Sealed, so that every kind of failure has its libvirt code and no other package invents one.
 */
public abstract sealed class DomainException extends RuntimeException
    permits ConfigUnsupportedException,
        DomainExistsException,
        InvalidDefinitionException,
        NetworkExistsException,
        NoSuchDomainException,
        NoSuchNetworkException,
        OperationFailedException,
        OperationInvalidException,
        OperationTimeoutException,
        ReadFailedException,
        ResourceBusyException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  DomainException(ErrorCode code, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
