// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** {@code <backingStore>}. */
public final class StoreBean extends LayeredBean {
  public TypeBean format;
}
