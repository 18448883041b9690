// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DefineOperation;
import io.domus.driver.Driver;
import io.domus.driver.NetworkDefineOperation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A stored definition that a person may change in an editor. */
sealed interface Editable {
  String name();

  /** {@code domain}. */
  String noun();

  /** As messages begin with it. */
  String title();

  /** The bytes that are stored now. */
  Optional<byte[]> stored() throws IOException;

  /**
   * Stores other ones.
   *
   * @param base what they are made of, which must be what is stored
   * @param file how messages name them
   * @return warnings, rendered
   */
  List<String> replace(Optional<byte[]> base, String file, byte[] bytes);

  /** As messages name it. */
  default String text() {
    return noun() + " '" + name() + "'";
  }

  /** The definition of a domain. */
  record Domain(Driver driver, String name) implements Editable {
    @Override
    public String noun() {
      return "domain";
    }

    @Override
    public String title() {
      return "Domain '" + name + "'";
    }

    @Override
    public Optional<byte[]> stored() throws IOException {
      return driver.definitions().read(name);
    }

    @Override
    public List<String> replace(Optional<byte[]> base, String file, byte[] bytes) {
      return new DefineOperation(driver).replace(name, base, file, bytes).warnings();
    }
  }

  /** The definition of a network. */
  record Network(Driver driver, String name) implements Editable {
    @Override
    public String noun() {
      return "network";
    }

    @Override
    public String title() {
      return "Network " + name;
    }

    @Override
    public Optional<byte[]> stored() throws IOException {
      return driver.networks().read(name);
    }

    @Override
    public List<String> replace(Optional<byte[]> base, String file, byte[] bytes) {
      return new NetworkDefineOperation(driver).replace(name, base, file, bytes).warnings();
    }
  }
}
