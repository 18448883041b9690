// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.MigrationStore;
import io.domus.store.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where a guest is moved to; it is spoken to in the same way wherever that is. */
public sealed interface Destination {
  /** As its URI says. */
  String text();

  /** Begins a move; fails at once if nobody is there who could take the guest. */
  Receiver open() throws IOException;

  /**
   * Whether the guest of a move has run there. If not, it never will.
   *
   * @throws IOException if that cannot be told
   */
  boolean arrived(String domain, String id) throws IOException;

  /** It is known here that it has arrived there. */
  void forgetArrived(String id) throws IOException;

  /**
   * @param here whose guests go there
   */
  static Destination of(Driver here, MigrationUri uri) {
    if (uri.far().isPresent()) {
      uri.far().get().keyfile().ifPresent(file -> check(uri, file));
      return new AnotherHost(uri);
    }
    Driver there =
        new Driver(
            new StateLayout(uri.root().root()),
            here.syscalls(),
            here.runner(),
            here.home(),
            here.observer(),
            here.progress(),
            here.hookListener());
    return new ThisHost(uri.text(), there);
  }

  /** ssh itself would only say that the key of somebody else was refused. */
  private static void check(MigrationUri uri, Path keyfile) {
    if (!Files.isReadable(keyfile)) {
      throw new OperationFailedException(
          "no destination '%s': its keyfile %s %s"
              .formatted(
                  uri.text(), keyfile, Files.exists(keyfile) ? "cannot be read" : "is not there"));
    }
  }

  /** Another root of state on this host. */
  record ThisHost(String text, Driver driver) implements Destination {
    public ThisHost {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(driver, "driver");
    }

    /** Of another root, by its driver. */
    public ThisHost(Driver driver) {
      this(driver.layout().uri(), driver);
    }

    @Override
    public Receiver open() {
      return new Reception(driver);
    }

    @Override
    public boolean arrived(String domain, String id) throws IOException {
      return Reception.arrived(driver, domain, id);
    }

    @Override
    public void forgetArrived(String id) throws IOException {
      new MigrationStore(driver.layout()).forgetArrived(id);
    }
  }

  /** A domus on another host. */
  record AnotherHost(MigrationUri uri) implements Destination {
    public AnotherHost {
      Objects.requireNonNull(uri, "uri");
    }

    @Override
    public String text() {
      return uri.text();
    }

    @Override
    public Receiver open() throws IOException {
      return RemoteReception.open(uri);
    }

    @Override
    public boolean arrived(String domain, String id) throws IOException {
      try (RemoteReception far = RemoteReception.open(uri)) {
        return far.arrived(domain, id);
      }
    }

    @Override
    public void forgetArrived(String id) throws IOException {
      try (RemoteReception far = RemoteReception.open(uri)) {
        far.forgetArrived(id);
      }
    }
  }
}
