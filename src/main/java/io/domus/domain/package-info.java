// SPDX-License-Identifier: Apache-2.0
/** The vocabulary: immutable definitions, states and error codes. No I/O, no dependency. */
package io.domus.domain;
