// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestLink;
import io.domus.compiler.LinkChange;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.LinkResolver;
import io.domus.compiler.StopCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.GuestMac;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationFailedException;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.DomainRecord;
import io.domus.store.StepJournal;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.InterfaceEdit;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the interfaces of a guest that runs. The domain's lock is held. */
final class LiveLinkChange {
  private static final String UPDATE = "update";

  private final Driver driver;
  private final String name;
  private final GuestLinks links;

  /** As it was recorded last. */
  private DomainRecord record;

  LiveLinkChange(Driver driver, String name, DomainRecord record) {
    this.driver = driver;
    this.name = name;
    this.record = record;
    this.links = new GuestLinks(driver);
  }

  /** The definition with the interfaces that the guest has. */
  DomainDef present() {
    return GuestMac.complete(new DefinitionReader(driver).recorded(name, record).domain());
  }

  void apply(InterfaceEdit.Change change) {
    DomainDef before = present();
    DomainDef after = edited(before, change);
    try {
      LiveNames names = LiveNames.of(paths(), before, links(before));
      switch (change) {
        case InterfaceEdit.Change.Add _ -> attach("attach", after, after.interfaces().size() - 1);
        case InterfaceEdit.Change.Remove remove -> detach(before, remove.index());
        case InterfaceEdit.Change.Replace replace -> update(before, after, replace.index());
        case InterfaceEdit.Change.Child child -> update(before, after, child.index());
      }
      DomainDef now = present();
      names.write(now, links(now));
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(
          "cannot change the interfaces of domain '" + name + "': " + failure.getMessage(),
          failure);
    }
  }

  private DomainDef edited(DomainDef before, InterfaceEdit.Change change) {
    byte[] text = DomainWriter.write(before).getBytes(StandardCharsets.UTF_8);
    String file = "domain '" + name + "'";
    byte[] after = InterfaceEdit.apply(XmlSource.of(file, text), change);
    // Nobody has seen these lines: messages about what they say are to name none of them.
    return GuestMac.complete(new DomainReader().read(XmlSource.of("", after)).orThrow());
  }

  private DomainPaths paths() {
    return driver.layout().domain(name);
  }

  /**
   * @param verb what is done, as messages say it
   */
  private void attach(String verb, DomainDef after, int index)
      throws IOException, StepFailedException {
    NetInterface each = after.interfaces().get(index);
    try {
      List<LinkFacts> facts = links.takeOne(after, index);
      requireThere(verb, facts.get(index));
      GuestLink link = LinkResolver.resolve(after, facts).get(index);
      Plan plan = LinkChange.attach(name, paths(), link);
      clearingUp(StopCompiler.undos(plan));
      run(plan, () -> commit(after, index, LiveInterfaces.named(each, link)));
    } catch (IOException | StepFailedException | RuntimeException failure) {
      releaseAfter(each, failure);
      throw failure;
    }
    if (!each.published().isEmpty()) {
      links.publish(name);
    }
  }

  private void requireThere(String verb, LinkFacts facts) {
    if (facts.missing().isPresent()) {
      String to = verb.equals(UPDATE) ? "of" : "to";
      throw new OperationFailedException(
          "cannot %s an interface %s domain '%s': %s"
              .formatted(verb, to, name, facts.missing().get().refusal()));
    }
  }

  /** If it cannot be had, the guest has the former one again. */
  private void attachOrReturn(DomainDef before, DomainDef next, int index)
      throws IOException, StepFailedException {
    try {
      attach(UPDATE, next, index);
    } catch (IOException | StepFailedException | RuntimeException failure) {
      try {
        attach(UPDATE, before, index);
      } catch (IOException | StepFailedException | RuntimeException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void releaseAfter(NetInterface each, Exception failure) {
    try {
      links.releaseOne(name, each);
    } catch (IOException | RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private void detach(DomainDef before, int index) throws IOException, StepFailedException {
    GuestLink link = links(before).get(index);
    Plan plan = LinkChange.detach(name, paths(), link);
    List<NetInterface> left = new ArrayList<>(before.interfaces());
    NetInterface gone = left.remove(index);
    LinkJournal journal = LinkJournal.of(paths(), LinkJournal.Kind.FINISH, record);
    DomainRecord present = record;
    try (StepJournal steps = StepJournal.begin(journal.file())) {
      // They are read backwards.
      steps.note(plan.steps());
      write(before.withInterfaces(left));
      driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(plan.steps());
      steps.finish();
    } catch (IOException | StepFailedException failure) {
      driver.statuses().write(name, present);
      Files.deleteIfExists(journal.file());
      throw failure;
    }
    links.releaseOne(name, gone);
  }

  /** What makes a change last. */
  private interface Commit {
    void run() throws IOException;
  }

  /** Whoever finds the journal of one that died before the commit takes everything back. */
  private void run(Plan plan, Commit commit) throws IOException, StepFailedException {
    LinkJournal journal = LinkJournal.of(paths(), LinkJournal.Kind.UNDO, record);
    try (StepJournal steps = StepJournal.begin(journal.file())) {
      driver.machinery(NamespaceRunner.HERE).executor().run(plan, steps);
    } catch (StepFailedException failure) {
      Files.deleteIfExists(journal.file());
      throw failure;
    }
    commit.run();
    Files.delete(journal.file());
  }

  private void update(DomainDef before, DomainDef after, int index)
      throws IOException, StepFailedException {
    GuestLink was = links(before).get(index);
    NetInterface wanted = after.interfaces().get(index);
    NetInterface now = before.interfaces().get(index);
    // What a new text leaves open stays as it is.
    NetInterface same =
        wanted.withDevices(wanted.target().or(now::target), wanted.guest().or(now::guest));
    List<NetInterface> all = new ArrayList<>(after.interfaces());
    all.set(index, same);
    DomainDef next = after.withInterfaces(all);
    boolean elsewhere =
        !same.type().equals(now.type())
            || !same.source().equals(now.source())
            || !same.mac().equals(now.mac())
            || !published(same).equals(published(now));
    GuestLink is = elsewhere ? was : links(next).get(index);
    if (elsewhere || !LinkChange.isGradual(was, is)) {
      requireThere(UPDATE, links.look(next).get(index));
      detach(before, index);
      attachOrReturn(before, next, index);
      return;
    }
    Plan plan = LinkChange.update(name, paths(), was, is);
    clearingUp(LinkChange.undos(is, plan));
    run(plan, () -> write(next));
  }

  private static List<NetInterface.Publish> published(NetInterface each) {
    return each.published().stream().map(NetInterface.Publish::anywhere).toList();
  }

  private List<GuestLink> links(DomainDef domain) {
    return LinkResolver.resolve(domain, known(domain));
  }

  /** Of the guest's own interfaces, with the names that they have. */
  private List<LinkFacts> known(DomainDef domain) {
    List<LinkFacts> facts = links.look(domain);
    List<LinkFacts> named = new ArrayList<>();
    for (LinkFacts each : facts) {
      String device = domain.interfaces().get(named.size()).target().orElse(each.device());
      named.add(new LinkFacts(device, each.place(), Optional.empty()));
    }
    return named;
  }

  /** Noted before anything is done, so that nothing stays if the guest ends meanwhile. */
  private void clearingUp(List<Step> undos) throws IOException {
    List<Step> all = new ArrayList<>(undos);
    record.undos().stream().filter(step -> !all.contains(step)).forEach(all::add);
    record = record.withUndos(all);
    driver.statuses().write(name, record);
  }

  private void commit(DomainDef after, int index, NetInterface named) throws IOException {
    List<NetInterface> all = new ArrayList<>(after.interfaces());
    all.set(index, named);
    write(after.withInterfaces(all));
  }

  private void write(DomainDef domain) throws IOException {
    record = record.withLive(Optional.of(DomainWriter.write(domain)));
    driver.statuses().write(name, record);
  }
}
