// SPDX-License-Identifier: Apache-2.0
/** Definition and host facts in, plan out. Pure: no file, clock, environment or randomness. */
package io.domus.compiler;
