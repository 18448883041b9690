// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** How a table or a report is printed. */
enum OutputFormat {
  TEXT,
  JSON
}
