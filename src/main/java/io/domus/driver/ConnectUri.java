// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.StateRoot;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which root of state to work on.
 *
 * @param text {@code lxc:///system}, {@code lxc:///session}, or {@code lxc:///embed?root=DIR}
 */
public record ConnectUri(String text) {
  public static final ConnectUri SYSTEM = new ConnectUri("lxc:///system");

  private static final String EMBED = "lxc:///embed?root=";

  /** All state below a directory. */
  public static ConnectUri embedded(Path root) {
    return new ConnectUri(EMBED + root);
  }

  /** Whether it is the user's own. */
  public boolean isSession() {
    return text.equals(StateRoot.Session.URI);
  }

  /**
   * The root of state.
   *
   * @param environment says where the user's own files are
   * @param uid of the user, as the host counts
   * @throws OperationFailedException if there is no such URI
   */
  public StateRoot home(Map<String, String> environment, long uid) {
    return isSession() ? StateRoot.Session.of(environment, uid) : new StateRoot.Directory(root());
  }

  /**
   * The root directory.
   *
   * @throws OperationFailedException if there is no such URI, or a user's own has no such directory
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
    String others = "lxc:///system or lxc:///embed?root=DIR";
    throw new OperationFailedException(
        "no connection '"
            + text
            + "': expected "
            + (isSession() ? others : others.replace(" or ", ", lxc:///session or ")));
  }
}
