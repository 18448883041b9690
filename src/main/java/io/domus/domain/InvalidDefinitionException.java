// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** The definition is not valid; the message holds every fault, a line each. */
public final class InvalidDefinitionException extends DomainException {
  private static final long serialVersionUID = 1L;

  public InvalidDefinitionException(String message) {
    this(message, null);
  }

  public InvalidDefinitionException(String message, Throwable cause) {
    super(ErrorCode.XML_ERROR, message, cause);
  }
}
