// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** A domain of that name or uuid is already there. */
public final class DomainExistsException extends DomainException {
  private static final long serialVersionUID = 1L;

  public DomainExistsException(String message) {
    this(message, null);
  }

  public DomainExistsException(String message, Throwable cause) {
    super(ErrorCode.DOM_EXIST, message, cause);
  }
}
