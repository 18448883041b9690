// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <domainsnapshot>}. */
public final class SnapshotBean extends Located {
  public TextBean name;
  public TextBean description;
  public TextBean creationTime;
  public TextBean state;
  public SnapshotParentBean parent;
  public SnapshotMemoryBean memory;
  public TextBean active;
}
