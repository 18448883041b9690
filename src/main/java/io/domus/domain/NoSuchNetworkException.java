// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collection;
import java.util.List;

/** There is no network of that name or uuid. */
public final class NoSuchNetworkException extends DomainException {
  private static final long serialVersionUID = 1L;

  public NoSuchNetworkException(String name) {
    this(name, List.of());
  }

  /**
   * @param known what there is: one of them may have been meant
   */
  public NoSuchNetworkException(String name, Collection<String> known) {
    this(name, known, Origin.NONE);
  }

  /**
   * @param origin where the name was said
   */
  public NoSuchNetworkException(String name, Collection<String> known, Origin origin) {
    this(
        "no network '" + name + "'" + NearestName.hint(name, known) + origin.inParentheses(),
        (Throwable) null);
  }

  /**
   * @param message that tells of it already
   */
  public NoSuchNetworkException(String message, Throwable cause) {
    super(ErrorCode.NO_NETWORK, message, cause);
  }
}
