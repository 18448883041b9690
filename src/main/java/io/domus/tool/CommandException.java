// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.IOException;

/** A program could not be started, or did not end or answer in its time. */
public final class CommandException extends IOException {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
