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
    super(ErrorCode.NO_NETWORK, "no network '" + name + "'" + NearestName.hint(name, known), null);
  }
}
