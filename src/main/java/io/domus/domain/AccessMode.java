// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** libvirt's {@code accessmode}: how the guest's ids appear on the host's files. */
public enum AccessMode {
  PASSTHROUGH,
  MAPPED,
  SQUASH
}
