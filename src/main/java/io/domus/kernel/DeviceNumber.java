// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** A device by its two numbers; prints as {@code 7:0}. */
public record DeviceNumber(int major, int minor) {

  /** The form in which the kernel hands out device numbers in structures and takes them. */
  static DeviceNumber decode(long device) {
    return new DeviceNumber(
        (int) ((device >> 8) & 0xfff), (int) ((device & 0xff) | ((device >> 12) & 0xfff00)));
  }

  long encode() {
    return (minor & 0xffL) | ((long) major << 8) | ((minor & ~0xffL) << 12);
  }

  @Override
  public String toString() {
    return major + ":" + minor;
  }
}
