// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import javax.xml.stream.XMLStreamException;

/** Reading cannot go on; the fault that says why has been told already. */
final class DocumentRefused extends XMLStreamException {
  private static final long serialVersionUID = 1L;

  DocumentRefused() {
    super("refused");
  }
}
