// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder;
import io.domus.compiler.LayerInsertion;
import io.domus.compiler.MemoryUppers;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.Lifecycle;
import io.domus.domain.LifecycleAction;
import io.domus.domain.OperationFailedException;
import io.domus.domain.UpperLayers;
import io.domus.store.DomainLock;
import io.domus.store.OperationJournal;
import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a linked clone that is a domain for one run: when that ends, in whatever way, the clone
 * and its data are gone.
 */
public final class EphemeralOperation {
  private static final Lifecycle ONCE =
      new Lifecycle(LifecycleAction.DESTROY, LifecycleAction.DESTROY, LifecycleAction.DESTROY);

  private final Driver driver;
  private final CloneOperation cloning;

  public EphemeralOperation(Driver driver) {
    this.driver = driver;
    this.cloning = CloneOperation.ephemeral(driver);
  }

  /** A name for a clone that nobody has named. */
  public String name(String base) {
    LayerIds ids = new LayerIds(driver);
    String stem = base.length() > 180 ? base.substring(0, 180) : base;
    String name = stem + "-" + ids.hex(3, "");
    while (driver.definitions().exists(name) || new DomainView(driver).record(name).isPresent()) {
      name = stem + "-" + ids.hex(3, "");
    }
    return name;
  }

  /**
   * @param memory whether the guest writes to memory
   */
  public void run(String base, String name, boolean memory) {
    CloneOperation.checkName(base, name);
    try (DomainLock store = cloning.storeLock(base, name);
        DomainPair pair = DomainPair.begin(driver, base, name, "start")) {
      DomainDef clone = prepare(base, name, memory);
      // The base was needed for as long as it took to share its layers.
      pair.release(base);
      store.close();
      start(clone);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot start an ephemeral run of domain '" + base + "': " + failure.getMessage(),
          failure);
    }
    new EarlyExit(driver).check(name);
  }

  private void discard(String name, DomainException failure) {
    try {
      new EndedEphemerals(driver).recover(name);
    } catch (IOException | DomainException second) {
      failure.addSuppressed(second);
    }
  }

  private DomainDef prepare(String base, String name, boolean memory) throws IOException {
    CloneOperation.Compiled compiled =
        cloning.compile(
            base, name, CloneOperation.Request.DEFAULT.linked(), order -> ending(order, name));
    cloning.carryOut(compiled, name);
    DomainDef once = compiled.result().definition().withLifecycle(ONCE);
    return memory ? inMemory(once) : once;
  }

  private void start(DomainDef clone) {
    byte[] text = DomainWriter.write(clone).getBytes(StandardCharsets.UTF_8);
    try {
      String file = driver.layout().definition(clone.name()).toString();
      Definition definition = new DefinitionReader(driver).parse(file, text);
      new StartSequence(driver).run(definition, true, 0);
    } catch (DomainException failure) {
      discard(clone.name(), failure);
      throw failure;
    }
  }

  private CloneCompiler.Ending ending(CloneOrder order, String name) {
    Path journal = driver.layout().ephemerals().resolve(name);
    return CloneCompiler.ephemeral(
        order,
        journal,
        removal -> {
          try {
            return OperationJournal.committed("ephemeral", List.of(name), removal);
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        });
  }

  private DomainDef inMemory(DomainDef clone) throws IOException {
    Map<Path, UpperLayers> sealed = new HashMap<>();
    for (Path upper : LayerInsertion.uppers(clone)) {
      sealed.put(upper, driver.layers().beneath(upper));
    }
    return MemoryUppers.apply(clone, sealed, driver.layout().domain(clone.name()));
  }
}
