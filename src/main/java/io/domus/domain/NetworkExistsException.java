// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** A network of that name, uuid or bridge exists already. */
public final class NetworkExistsException extends DomainException {
  private static final long serialVersionUID = 1L;

  public NetworkExistsException(String message) {
    super(ErrorCode.NETWORK_EXIST, message, null);
  }
}
