// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** No domain has the name, uuid or id given. */
public final class NoSuchDomainException extends DomainException {
  private static final long serialVersionUID = 1L;

  public NoSuchDomainException(String name) {
    this("no domain '" + name + "'", null);
  }

  private NoSuchDomainException(String message, Throwable cause) {
    super(ErrorCode.NO_DOMAIN, message, cause);
  }

  /** Where the path of an archive would have done as well. */
  public static NoSuchDomainException norFile(String name, NoSuchDomainException cause) {
    return new NoSuchDomainException("no domain and no file '" + name + "'", cause);
  }
}
