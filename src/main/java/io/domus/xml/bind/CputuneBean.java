// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <cputune>}. */
public final class CputuneBean extends Located {
  public TextBean shares;
  public TextBean period;
  public TextBean quota;
}
