// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.util.Set;

/** Operations of one kind that were written down before they began, and may have died since. */
interface InterruptedWork {
  /** What a person would call one of them: {@code rename}. */
  String kind(String id);

  /** The ids of all that were begun and have not ended. */
  Set<String> begun() throws IOException;

  /** The domains that one of them is about. */
  Set<String> domains(String id) throws IOException;

  /** Whether that takes no longer than whoever only looks would wait. */
  default boolean isQuick(String id) throws IOException {
    return true;
  }

  /** Takes one back, or ends it if it was committed; the locks of its domains are held. */
  void recover(String id) throws IOException;
}
