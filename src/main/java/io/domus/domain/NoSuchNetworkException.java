// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** There is no network of that name or uuid. */
public final class NoSuchNetworkException extends DomainException {
  private static final long serialVersionUID = 1L;

  public NoSuchNetworkException(String name) {
    super(ErrorCode.NO_NETWORK, "no network '" + name + "'", null);
  }
}
