// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.IOException;

/** A program could not be started, or did not end or answer in its time. */
public final class CommandException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public CommandException(String message) {
    super(message);
    this.reason = message;
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
    this.reason = message;
  }

  /**
   * @param reason the same, where it is said already which program it is about
   */
  CommandException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What the message says, where it is said already which program it is about. */
  public String reason() {
    return reason;
  }
}
