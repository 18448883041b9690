// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be cloned is refused with the reason, and nothing is changed. */
class CloneRefusedIT {
  @RegisterExtension final Site site = new Site();

  @RegisterExtension final Site other = new Site();

  /** Makes what is wrong. */
  private interface Making {
    void in(CloneRefusedIT test) throws Exception;
  }

  /**
   * What is to be cloned, as what, where the clone is to lie, what is wrong, and the message; in it
   * {@code SITE} stands for the test's directory.
   */
  enum Fault {
    NAME_TAKEN(
        "usual",
        "taken",
        test -> test.site.define(test.clones().overlay("taken")),
        "cannot clone domain 'usual': domain 'taken' already exists"),
    NAME_OF_A_TRANSIENT_DOMAIN(
        "usual",
        "brief",
        test -> test.create("brief"),
        "cannot clone domain 'usual': domain 'brief' already exists"),
    OWN_NAME("usual", "usual", "cannot clone domain 'usual': domain 'usual' already exists"),
    BAD_NAME("usual", "-x/y", "cannot clone domain 'usual' as '-x/y': " + DomainDef.NAME_RULE),
    NO_SUCH_DOMAIN("nobody", "b", "no domain 'nobody'"),
    RUNNING(
        "running",
        "b",
        test -> test.start("running"),
        "cannot clone domain 'running': domain is running; --live clones it as it runs"),
    PAUSED(
        "paused",
        "b",
        test -> {
          test.start("paused");
          new PauseOperation(test.site.driver()).suspend("paused");
        },
        "cannot clone domain 'paused': domain is paused; --live clones it as it stands"),
    TRANSIENT(
        "transient",
        "b",
        test -> test.create("transient"),
        "cannot clone domain 'transient': domain is transient; --live clones it as it runs"),
    MISSING_UPPER(
        "upperless",
        "b",
        test -> {
          test.define("upperless");
          Files.delete(test.site.path("upperless/upper/new"));
          Files.delete(test.site.path("upperless/upper"));
        },
        "cannot clone domain 'upperless': upper directory 'SITE/upperless/upper' not found"
            + " (SITE/root/etc/domus/domains/upperless.xml:10)"),
    MISSING_WORK(
        "idle",
        "b",
        test -> {
          test.define("idle");
          Files.delete(test.site.path("idle/work"));
        },
        "cannot clone domain 'idle': source directory 'SITE/idle/work' not found"
            + " (SITE/root/etc/domus/domains/idle.xml:10)"),
    MISSING_LAYER(
        "baseless",
        "b",
        test -> {
          test.site.empty("base2");
          test.site.define(
              DomainXml.named("baseless")
                  .device(
                      Filesystems.overlay(
                          test.site.empty("baseless/upper"),
                          test.site.empty("baseless/work"),
                          "/",
                          Filesystems.directory(test.site.path("base2")))));
          Files.delete(test.site.path("base2"));
        },
        "cannot clone domain 'baseless': source directory 'SITE/base2' not found"
            + " (SITE/root/etc/domus/domains/baseless.xml:10)"),
    MISSING_DIRECTORY(
        "rootless",
        "b",
        test -> test.site.define(DomainXml.named("rootless").root(test.site.path("nothing"))),
        "cannot clone domain 'rootless': source directory 'SITE/nothing' not found"
            + " (SITE/root/etc/domus/domains/rootless.xml:10)"),
    FAULTY(
        "faulty",
        "b",
        test -> {
          test.define("faulty");
          Path file = test.site.layout().definition("faulty");
          Files.writeString(file, Files.readString(file).replace("name>", "nme>"));
        },
        """
        SITE/root/etc/domus/domains/faulty.xml:2:3: error: unknown element <nme> in <domain>, did you mean 'name'? [schema.unknown-element]
          <nme>faulty</nme>
          ^\
        """),
    STORAGE_IN_A_FILE(
        "usual",
        "b",
        "file",
        test -> {
          test.define("usual");
          Files.createFile(test.site.path("file"));
        },
        "cannot clone domain 'usual' as 'b': step 1, make storage SITE/file/b: SITE/file is"
            + " no directory"),
    STORAGE_BELOW_A_FILE(
        "usual",
        "b",
        "file/x",
        _ -> {},
        "cannot clone domain 'usual' as 'b': step 1, make directory SITE/file/x:"
            + " SITE/file is in the way and no directory"),
    STORAGE_THAT_TAKES_NOTHING(
        "usual",
        "b",
        "/sys",
        _ -> {},
        "cannot clone domain 'usual' as 'b': step 1, make storage /sys/b:"
            + " /sys/.domus-new-b: Operation not permitted"),
    USED_BY_ANOTHER_ROOT(
        "shared",
        "b",
        test -> {
          test.define("shared");
          test.other.start(
              DomainXml.named("x")
                  .device(
                      Filesystems.overlay(
                          test.site.path("shared/upper"),
                          test.other.empty("work"),
                          "/",
                          Filesystems.directory(test.site.path("base")))));
        },
        "cannot clone domain 'shared': 'SITE/shared/upper' is in use by domain 'x' of"
            + " lxc:///embed?root=OTHER");

    private final String from;
    private final String to;
    private final String storage;
    private final Making making;
    private final String message;

    Fault(String from, String to, String message) {
      this(from, to, _ -> {}, message);
    }

    Fault(String from, String to, Making making, String message) {
      this(from, to, "storage", making, message);
    }

    Fault(String from, String to, String storage, Making making, String message) {
      this.from = from;
      this.to = to;
      this.storage = storage;
      this.making = making;
      this.message = message;
    }
  }

  private Clones clones() {
    return new Clones(site);
  }

  /** One that could be cloned, with a layer that was sealed before. */
  private void define(String name) throws Exception {
    site.define(clones().overlay(name));
    Files.writeString(site.path(name + "/upper/old"), "");
    clones().make(name, "clone-of-" + name);
    Files.writeString(site.path(name + "/upper/new"), "");
  }

  private void start(String name) throws Exception {
    define(name);
    site.start(name);
  }

  private void create(String name) throws Exception {
    byte[] xml = DomainXml.named(name).root(site.tree(name)).bytes();
    new CreateOperation(site.driver()).run(name + ".xml", xml);
  }

  /** All that is wrong is so at once: looking at the machine for each would take too long. */
  @Test
  void isRefused() throws Exception {
    for (Fault fault : Fault.values()) {
      fault.making.in(this);
    }
    MachineState before = MachineState.of(site);
    for (Fault fault : Fault.values()) {
      assertRefused(fault);
    }
    before.assertUnchanged("clones that were refused");
  }

  private void assertRefused(Fault fault) {
    CloneOperation.Request request =
        Clones.request(
            Mode.DEFAULT, Optional.empty(), Optional.of(site.path(fault.storage)), Clones.ALL);
    DomainException refused =
        assertThrows(
            DomainException.class, () -> clones().make(fault.from, fault.to, request), fault::name);
    String message =
        refused
            .getMessage()
            .replace(site.directory().toString(), "SITE")
            .replace(other.root().toString(), "OTHER")
            .replaceFirst("(step [0-9]+) of [0-9]+", "$1")
            .replaceFirst("(?s)\n  expected one of.*", "");
    assertEquals(fault.message, message, fault::name);
  }
}
