// SPDX-License-Identifier: Apache-2.0
/** Configurations of LXC to and from the model, with a report of what has no place in the other. */
package io.domus.lxc;
