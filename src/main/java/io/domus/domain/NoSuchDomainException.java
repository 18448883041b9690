// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** No domain has the name, uuid or id given. */
public final class NoSuchDomainException extends DomainException {
  private static final long serialVersionUID = 1L;

  public NoSuchDomainException(String name) {
    super(ErrorCode.NO_DOMAIN, "no domain '" + name + "'", null);
  }
}
