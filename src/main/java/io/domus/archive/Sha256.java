// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest that every Java has. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
