// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/** A console device; the first one of type {@code pty} gives the guest's init a terminal. */
public record ConsoleDef(String type, String targetType, int port) {
  public ConsoleDef {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(targetType, "targetType");
    if (port < 0) {
      throw new IllegalArgumentException("negative console port " + port);
    }
  }
}
