// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The overlayfs options that a definition sets, by overlayfs's own names, from {@code
 * Documentation/filesystems/overlayfs.rst}. What it does not set gets Domus's fixed default, never
 * the host's.
 */
public record OverlayOptions(SortedMap<String, String> values) {
  public static final OverlayOptions NONE = new OverlayOptions(new TreeMap<>());

  /** The names that a definition may set. */
  public enum Name {
    METACOPY("metacopy"),
    REDIRECT_DIR("redirect_dir"),
    INDEX("index"),
    XINO("xino"),
    VOLATILE("volatile"),
    USERXATTR("userxattr");

    private final String text;

    Name(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public OverlayOptions {
    values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (java.util.Arrays.stream(Name.values())
          .noneMatch(name -> name.text.equals(entry.getKey()))) {
        throw new IllegalArgumentException("no overlay option: '" + entry.getKey() + "'");
      }
    }
  }

  public String value(Name name, String otherwise) {
    return values.getOrDefault(name.text(), otherwise);
  }

  public boolean on(Name name) {
    return value(name, "off").equals("on");
  }
}
