// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.StateLayout;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaveCompilerTest {
  private static final String XML =
      """
      <domain type='lxc'><name>web</name><memory>1000</memory>
      <os><type>exe</type><init>/init</init></os>
      <devices><filesystem><source dir='/tree'/><target dir='/'/></filesystem></devices>
      </domain>
      """;

  private static final ToolFacts TOOLS =
      new ToolFacts(Path.of("/crun"), Path.of("/m"), Path.of("/s"), Path.of("/e"), List.of());

  private static final String DUMP =
      "CRIU_CONFIG_FILE=/var/lib/domus/domains/web/saving/criu.conf CRIU_FAULT=130 /crun"
          + " --root /run/domus/crun --cgroup-manager=cgroupfs checkpoint --image-path"
          + " /var/lib/domus/domains/web/saving/images%s --work-path"
          + " /var/log/domus/web.checkpoint --manage-cgroups-mode=ignore%s web";

  private static CriuOptions rounds(int number) {
    CriuOptions none = CriuOptions.NONE;
    return new CriuOptions(
        none.tcpEstablished(),
        true,
        none.fileLocks(),
        none.extUnixSk(),
        none.shellJob(),
        Optional.of("nftables"),
        none.manageCgroups(),
        none.actionScript(),
        none.lsmProfile(),
        none.lsmMountContext(),
        number);
  }

  private static Plan plan(CriuOptions options, boolean paused) {
    DomainDef domain =
        new DomainReader()
            .read(XmlSource.of("web.xml", XML.getBytes(StandardCharsets.UTF_8)))
            .orThrow();
    return SaveCompiler.compile(
        domain,
        XML,
        options,
        paused,
        List.of("/etc/hosts"),
        TOOLS,
        new StateLayout(Path.of("/")).domain("web"));
  }

  private static List<String> commands(Plan plan) {
    return plan.steps().stream()
        .filter(Step.RunCommand.class::isInstance)
        .map(step -> ((Step.RunCommand) step).command().toString())
        .filter(text -> text.contains("/crun"))
        .toList();
  }

  private static String written(Plan plan, String name) {
    return plan.steps().stream()
        .filter(Step.WriteFile.class::isInstance)
        .map(Step.WriteFile.class::cast)
        .filter(step -> step.file().endsWith(name))
        .findFirst()
        .orElseThrow()
        .content();
  }

  @Test
  void aDumpThatEndsTheGuest() {
    Plan plan = plan(CriuOptions.NONE, false);
    assertEquals(List.of(DUMP.formatted("", "")), commands(plan));
    assertEquals("ghost-limit 1073741824\nlink-remap\n", written(plan, "criu.conf"));
    assertEquals(
        "cgroup-root /domus-system-web\nname-files /etc/hosts\n", written(plan, "options"));
    assertEquals(Step.MoveIntoPlace.class, plan.steps().getLast().getClass());
  }

  /** It is still there afterwards, and killed before it thaws: only then the image counts. */
  @Test
  void aPausedGuest() {
    Plan plan = plan(CriuOptions.NONE, true);
    assertEquals(List.of(DUMP.formatted("", " --leave-running")), commands(plan));
    assertEquals(
        "cgroup-root /domus-system-web\nname-files /etc/hosts\npaused\n", written(plan, "options"));
    assertEquals(0, plan.steps().stream().filter(Step.MoveIntoPlace.class::isInstance).count());
  }

  /** Each round names that before it, as seen from where its own images lie. */
  @Test
  void memoryInRounds() {
    Plan plan = plan(rounds(2), false);
    assertEquals(
        List.of(
            DUMP.formatted("/memory-1", " --pre-dump"),
            DUMP.formatted("/memory-2", " --pre-dump --parent-path ../memory-1"),
            DUMP.formatted("", " --parent-path memory-2")),
        commands(plan));
    assertEquals(
        "tcp-close\nnetwork-lock nftables\nghost-limit 1073741824\nlink-remap\n",
        written(plan, "criu.conf"));
  }

  @Test
  void roundsAreCounted() {
    assertThrows(IllegalArgumentException.class, () -> rounds(-1));
    assertThrows(IllegalArgumentException.class, () -> rounds(CriuOptions.MOST_PRE_DUMPS + 1));
  }
}
