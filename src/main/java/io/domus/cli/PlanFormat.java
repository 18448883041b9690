// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** How a plan is printed. */
enum PlanFormat {
  TEXT,
  JSON,
  SHELL,
  /** A picture of the domain. */
  SVG
}
