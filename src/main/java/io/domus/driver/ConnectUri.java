// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import java.nio.file.Path;

/**
 * Which root of state to work on.
 *
 * @param text {@code lxc:///system}, or {@code lxc:///embed?root=DIR}
 */
public record ConnectUri(String text) {
  public static final ConnectUri SYSTEM = new ConnectUri("lxc:///system");

  private static final String EMBED = "lxc:///embed?root=";

  /** All state below a directory. */
  public static ConnectUri embedded(Path root) {
    return new ConnectUri(EMBED + root);
  }

  /**
   * The root directory.
   *
   * @throws OperationFailedException if there is no such URI
   */
  public Path root() {
    if (text.equals(SYSTEM.text) || text.equals("lxc:///")) {
      return Path.of("/");
    }
    if (text.startsWith(EMBED) && text.length() > EMBED.length()) {
      Path root = Path.of(text.substring(EMBED.length()));
      if (!root.isAbsolute()) {
        // What one command has stored another one would not find from elsewhere.
        throw new OperationFailedException(
            "no connection '" + text + "': its root is not absolute");
      }
      return root.normalize();
    }
    if (text.equals("lxc:///session")) {
      throw new OperationFailedException("lxc:///session is not supported yet");
    }
    throw new OperationFailedException(
        "no connection '" + text + "': expected lxc:///system or lxc:///embed?root=DIR");
  }
}
