// SPDX-License-Identifier: Apache-2.0
/** The plan: a closed set of steps with their undos, printable as text, JSON and shell. Pure. */
package io.domus.plan;
