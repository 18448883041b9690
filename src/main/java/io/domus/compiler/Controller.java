// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Locale;

/** What the kernel limits a cgroup by, under its name in {@code cgroup.controllers}. */
public enum Controller {
  MEMORY("memory"),
  CPU("CPU time"),
  PIDS("processes"),
  CPUSET("processors and memory nodes"),
  IO("block I/O");

  private final String limited;

  Controller(String limited) {
    this.limited = limited;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What has no limit without it. */
  public String limited() {
    return limited;
  }
}
