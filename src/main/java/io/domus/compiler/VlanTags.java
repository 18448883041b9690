// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

/** What a bridge of the host makes of VLAN tags. */
public enum VlanTags {
  /** It keeps apart what they tell apart. */
  HEEDED,
  /** It joins what they tell apart, until it is told otherwise. */
  IGNORED,
  /** It joins what they tell apart, and the kernel has no other bridges. */
  UNKNOWN
}
