// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.charset.StandardCharsets;

/** How a command in a guest ended and what it printed. */
record Ran(int exit, byte[] bytes, String stderr) {
  String stdout() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
