// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** The format of an image file; what filesystem is inside is found out when it is attached. */
public enum ImageFormat {
  RAW,
  QCOW2
}
