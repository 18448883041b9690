// SPDX-License-Identifier: Apache-2.0
/** The command line: one class a command, which parses, calls one operation and prints. */
package io.domus.cli;
