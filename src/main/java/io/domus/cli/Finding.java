// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.XmlFault;

/**
 * A fault, and where to read on.
 *
 * @param help a place of the reference, such as {@code docs/reference.md#devices-filesystem}
 */
record Finding(XmlFault fault, String help) {}
