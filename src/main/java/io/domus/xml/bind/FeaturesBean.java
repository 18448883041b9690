// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <features>}. */
public final class FeaturesBean extends Located {
  public CapabilitiesBean capabilities;
  public EmptyBean privnet;
}
