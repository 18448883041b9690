// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** Another domain or another operation is using what is asked for. */
public final class ResourceBusyException extends DomainException {
  private static final long serialVersionUID = 1L;

  public ResourceBusyException(String message) {
    this(message, null);
  }

  public ResourceBusyException(String message, Throwable cause) {
    super(ErrorCode.RESOURCE_BUSY, message, cause);
  }
}
