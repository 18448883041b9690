// SPDX-License-Identifier: Apache-2.0
/** The public API and the embedded mode: one operation per verb, over one root of state. */
package io.domus.driver;
