// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/**
 * {@code <target>} of a filesystem, a store or an interface, and an interface's {@code <guest>}.
 */
public final class TargetBean extends Located {
  @XmlAttribute public String dir;
  @XmlAttribute public String dev;
}
