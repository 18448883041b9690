// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <blkiotune>}. */
public final class BlkiotuneBean extends Located {
  public TextBean weight;

  @XmlElement(name = "device")
  public List<IoDeviceBean> devices = new ArrayList<>();
}
