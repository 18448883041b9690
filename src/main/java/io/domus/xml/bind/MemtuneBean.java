// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;

/** {@code <memtune>}. */
public final class MemtuneBean extends Located {

  @XmlElement(name = "hard_limit")
  public TextBean hardLimit;

  @XmlElement(name = "soft_limit")
  public TextBean softLimit;

  @XmlElement(name = "swap_hard_limit")
  public TextBean swapHardLimit;
}
