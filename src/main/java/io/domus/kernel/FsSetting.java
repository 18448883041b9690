// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** One fsconfig(2) call. A string value holds 255 bytes at most. */
public sealed interface FsSetting {
  /** FSCONFIG_SET_FLAG. */
  record Flag(String key) implements FsSetting {
    @Override
    public String toString() {
      return key;
    }
  }

  /** FSCONFIG_SET_STRING. */
  record Text(String key, String value) implements FsSetting {
    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  /** FSCONFIG_SET_FD. */
  record Descriptor(String key, Fd value) implements FsSetting {
    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  /** FSCONFIG_CMD_CREATE: makes the superblock. */
  record Create() implements FsSetting {
    @Override
    public String toString() {
      return "create";
    }
  }
}
