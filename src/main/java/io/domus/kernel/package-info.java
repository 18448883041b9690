// SPDX-License-Identifier: Apache-2.0

/** System calls, one to one, and what can be read from /proc; knows nothing of domains. */
package io.domus.kernel;
