// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <parent>}. */
public final class SnapshotParentBean extends Located {
  public TextBean name;
}
