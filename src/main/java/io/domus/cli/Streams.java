// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and prints. */
record Streams(InputStream in, PrintStream out, PrintStream err) {}
