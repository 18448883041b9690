// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** How a table or a report is printed; the names are what the user types. */
enum OutputFormat {
  text,
  json
}
