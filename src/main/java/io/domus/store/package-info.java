// SPDX-License-Identifier: Apache-2.0
/** What survives a process: definitions, status, leases, the journal, locks. */
package io.domus.store;
