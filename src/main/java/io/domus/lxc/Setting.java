// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;
import java.util.Objects;

/**
 * A line of a configuration.
 *
 * @param order counts the lines in the order in which LXC reads them
 * @param key the name that LXC has used since 2.1
 * @param written the key as the line has it; empty for a line of an fstab
 */
record Setting(int order, Origin at, String key, String value, String written) {
  Setting {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(written, "written");
  }

  Setting named(String canonical) {
    return new Setting(order, at, canonical, value, written);
  }

  /** As people see it. */
  String display() {
    return written.isEmpty() ? value : (written + " = " + value).strip();
  }

  /** How messages name the key, or the line that stands for it. */
  String name() {
    return written.isEmpty() ? value : written;
  }
}
