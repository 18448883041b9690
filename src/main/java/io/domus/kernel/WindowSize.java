// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** The size of a terminal in characters. */
public record WindowSize(int rows, int columns) {}
