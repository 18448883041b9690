// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.compiler.CloneOrder.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree of everything that a filesystem can hold, from every kind of storage into every kind. */
class CloneMatrixIT {
  @RegisterExtension final Site site = new Site();

  private LoopMount ground;

  @BeforeEach
  void makeGround() throws Exception {
    ground = LoopMount.make(site, LoopMount.Kind.BTRFS, 4096);
  }

  @AfterEach
  void endGround() throws Exception {
    ground.close();
  }

  @ParameterizedTest
  @EnumSource
  void from(Storage source) throws Exception {
    Path tree = EveryInode.make(ground.path().resolve("tree"));
    // Its holes are read again and again here, and have a test of their own.
    Host.run("truncate", "--size=32M", tree.resolve(EveryInode.SPARSE).toString());
    String expected = TreeDigest.of(tree);
    site.define(DomainXml.named("first").root(tree));
    clone("first", "source", source, Mode.FULL);
    same(expected, "source");
    for (Storage target : Storage.values()) {
      String copy = "copy-" + target.text();
      clone("source", copy, target, Mode.FULL);
      same(expected, copy);
      remove(copy);
      String clone = "clone-" + target.text();
      clone("source", clone, target, Mode.DEFAULT);
      same(expected, clone);
    }
    same(expected, "source");
  }

  private void clone(String from, String to, Storage storage, Mode mode) {
    new CloneOperation(site.driver()).run(from, to, storage.request(mode, place(storage)));
  }

  private Path place(Storage storage) {
    return storage == Storage.BTRFS ? ground.path() : site.path("storage");
  }

  private void remove(String name) throws Exception {
    new UndefineOperation(site.driver()).run(name);
  }

  private void same(String expected, String name) throws Exception {
    try (DomainTree tree = DomainTree.of(site, name)) {
      assertEquals("", TreeDigest.difference(expected, TreeDigest.of(tree.path())), name);
    }
  }
}
