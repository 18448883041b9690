// SPDX-License-Identifier: Apache-2.0

/** External programs: command lines as values, and the one place that starts processes. */
package io.domus.tool;
