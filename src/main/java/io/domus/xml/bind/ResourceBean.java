// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <resource>}. */
public final class ResourceBean extends Located {
  public TextBean partition;
}
