// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collection;
import java.util.List;

/** No domain has the name, uuid or id given. */
public final class NoSuchDomainException extends DomainException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public NoSuchDomainException(String name) {
    this(name, List.of());
  }

  /**
   * @param known what there is: one of them may have been meant
   */
  public NoSuchDomainException(String name, Collection<String> known) {
    this("no domain '" + name + "'", NearestName.hint(name, known), null);
  }

  private NoSuchDomainException(String message, String hint, Throwable cause) {
    super(ErrorCode.NO_DOMAIN, message + hint, cause);
    this.hint = hint;
  }

  /**
   * Where there is one that the user may have meant.
   *
   * @param uri what leads there
   */
  public static NoSuchDomainException elsewhere(
      String name, String uri, NoSuchDomainException cause) {
    return new NoSuchDomainException(
        "no domain '" + name + "' here, but in " + uri,
        "; 'domus -c " + uri + "' leads there",
        cause);
  }

  /** Where the path of an archive would have done as well. */
  public static NoSuchDomainException norFile(String name, NoSuchDomainException cause) {
    return new NoSuchDomainException("no domain and no file '" + name + "'", cause.hint, cause);
  }
}
