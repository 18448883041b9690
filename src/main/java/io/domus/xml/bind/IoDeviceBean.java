// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;

/** {@code <device>} of {@code <blkiotune>}. */
public final class IoDeviceBean extends Located {
  public TextBean path;
  public TextBean weight;

  @XmlElement(name = "read_bytes_sec")
  public TextBean readBytes;

  @XmlElement(name = "write_bytes_sec")
  public TextBean writeBytes;

  @XmlElement(name = "read_iops_sec")
  public TextBean readOperations;

  @XmlElement(name = "write_iops_sec")
  public TextBean writeOperations;
}
