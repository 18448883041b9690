// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** The definition asks for something that this host or version cannot do. */
public final class ConfigUnsupportedException extends DomainException {
  private static final long serialVersionUID = 1L;

  public ConfigUnsupportedException(String message) {
    this(message, null);
  }

  public ConfigUnsupportedException(String message, Throwable cause) {
    super(ErrorCode.CONFIG_UNSUPPORTED, message, cause);
  }
}
