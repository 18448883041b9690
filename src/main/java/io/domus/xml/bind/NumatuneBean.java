// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <numatune>}. */
public final class NumatuneBean extends Located {
  public NumaMemoryBean memory;
}
