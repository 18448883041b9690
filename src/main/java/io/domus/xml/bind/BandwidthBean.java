// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <bandwidth>}. */
public final class BandwidthBean extends Located {
  public RateBean inbound;
  public RateBean outbound;
}
