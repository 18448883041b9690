// SPDX-License-Identifier: Apache-2.0
/** Carries out plans: one interpreter a kind of step, journaled, unwound on failure. */
package io.domus.executor;
