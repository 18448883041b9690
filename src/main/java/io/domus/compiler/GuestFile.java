// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

/** What a guest's tree has in the place of a file that Domus would give it. */
public enum GuestFile {
  /** Nothing; the runtime makes an empty file to mount on. */
  MISSING,

  /** Nothing, and none of the guest's ids may make a file there. */
  CLOSED,

  /** An empty file: room for ours. */
  EMPTY,

  /** Something of its own, which is left alone; so is what cannot be seen beforehand. */
  OWN
}
