// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestPath;
import io.domus.xml.bind.Located;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Rules for paths of the host and of the guest. */
final class PathRules {
  static final String GUEST =
      "expected an absolute path without '.', '..' and doubled or trailing slashes";

  private final Faults faults;

  PathRules(Faults faults) {
    this.faults = faults;
  }

  /** A path of the host must be absolute: there is no directory it could be relative to. */
  boolean host(Located owner, String attribute, String path) {
    if (path == null || path.isEmpty()) {
      return false;
    }
    if (path.startsWith("/")) {
      return isExpressible(owner, attribute, path);
    }
    faults.error(
        "fs.relative-source",
        faults.attribute(owner, attribute),
        "attribute '%s' of <%s> is %s, expected an absolute path"
            .formatted(attribute, owner.element, Printable.quoted(path)));
    return false;
  }

  /** In the C locale Java cannot name a file outside ASCII. */
  private boolean isExpressible(Located owner, String attribute, String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      faults.error(
          "fs.path-encoding",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s>: this process's locale has no way to name %s, set LC_ALL=C.UTF-8"
              .formatted(attribute, owner.element, Printable.quoted(path)));
      return false;
    }
  }

  boolean host(SourceRules.Named source) {
    return host(source.source(), source.attribute(), source.value());
  }

  boolean guest(String rule, Located owner, String attribute, String path) {
    if (path == null || path.isEmpty()) {
      return false;
    }
    if (GuestPath.isNormalised(path)) {
      return true;
    }
    faults.error(
        rule,
        faults.attribute(owner, attribute),
        "attribute '%s' of <%s> is %s, %s"
            .formatted(attribute, owner.element, Printable.quoted(path), GUEST));
    return false;
  }
}
