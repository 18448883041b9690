// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

/** The first line of a program that runs on, what it had complained about by then, and its pid. */
public record FirstLine(String line, String stderr, long pid) {}
