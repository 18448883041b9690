// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** What is done to storage, for tests of what becomes of it half-way. The domain is {@code a}. */
enum CloneWork {
  CLONE {
    @Override
    void run(Driver driver) {
      new CloneOperation(driver).run("a", "b", CloneOperation.Request.DEFAULT);
    }

    @Override
    void prepare(Clones clones) throws Exception {
      clones.remove("b");
      write(clones);
    }

    @Override
    boolean done(Clones clones) {
      return clones.site().driver().definitions().exists("b");
    }
  },
  COPY {
    @Override
    void run(Driver driver) {
      new CloneOperation(driver).run("a", "b", Clones.full());
    }

    @Override
    void prepare(Clones clones) throws Exception {
      clones.remove("b");
      write(clones);
    }

    @Override
    boolean done(Clones clones) {
      return clones.site().driver().definitions().exists("b");
    }
  },
  /** The layers beneath 'a' alone; two of three are needed by 'b'. */
  FLATTEN {
    @Override
    void run(Driver driver) {
      new FlattenOperation(driver).run("a", false);
    }

    @Override
    void prepare(Clones clones) throws Exception {
      clones.remove("b");
      layer(clones);
      write(clones);
      clones.make("a", "b");
      layer(clones);
    }

    @Override
    boolean done(Clones clones) throws IOException {
      return clones.beneath("a").size() == 1;
    }
  },
  /** The layers that 'a' and 'b' share, for both. */
  MERGE {
    @Override
    void run(Driver driver) {
      new FlattenOperation(driver).run("a", true);
    }

    @Override
    void prepare(Clones clones) throws Exception {
      clones.remove("b");
      layer(clones);
      layer(clones);
      clones.make("a", "b");
    }

    @Override
    boolean done(Clones clones) throws IOException {
      return clones.beneath("a").size() == 1;
    }
  },
  EPHEMERAL {
    @Override
    void run(Driver driver) {
      new EphemeralOperation(driver).run("a", "b", false);
    }

    @Override
    void prepare(Clones clones) throws Exception {
      if (new DomainView(clones.site().driver()).record("b").isPresent()) {
        clones.site().destroy("b");
      } else {
        layer(clones);
      }
    }

    @Override
    boolean done(Clones clones) {
      return new DomainView(clones.site().driver()).record("b").isPresent();
    }
  };

  private static int files;

  abstract void run(Driver driver);

  /** So that there is something to do, again if it was done before. */
  abstract void prepare(Clones clones) throws Exception;

  /** Whether it is done, by what is stored. */
  abstract boolean done(Clones clones) throws IOException;

  /** Writes, replaces and deletes something as 'a'. */
  static void write(Clones clones) throws Exception {
    files++;
    String name = "file" + files;
    MountedRoot.of(
        clones.site(),
        "a",
        root -> {
          Files.writeString(root.resolve(name), name);
          Files.writeString(root.resolve("etc/group"), name);
          Files.deleteIfExists(root.resolve("file" + (files - 2)));
          return null;
        });
  }

  private static void layer(Clones clones) throws Exception {
    write(clones);
    clones.make("a", "passing");
    clones.remove("passing");
  }

  /** The domains that share a root from here on, if there are such. */
  Optional<List<String>> alike() {
    return this == EPHEMERAL ? Optional.empty() : Optional.of(List.of("a", "b"));
  }
}
