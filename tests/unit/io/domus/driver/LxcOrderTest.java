// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Autostart;
import io.domus.domain.DomainDef;
import io.domus.lxc.LxcFiles;
import io.domus.lxc.LxcReader;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.Reading;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Containers of LXC keep their order as domains. What lxc-autostart does is written down here anew
 * from its manual: passes by group, in each the lowest {@code lxc.start.order} first, ties by name;
 * an empty group is that of containers of none; only whole names of groups match.
 */
class LxcOrderTest {
  /** Name, {@code lxc.start.auto}, {@code lxc.start.order}, {@code lxc.start.delay}, groups. */
  private static final String[] CONTAINERS = {
    "dns 1 10 0 onboot,infra",
    "db 1 20 5 db",
    "dbfoo 1 5 0 dbfoo",
    "db2 1 20 0 db,dbfoo",
    "web 1 50 2 web,db",
    "web2 1 50 0 web",
    "free 1 0 0",
    "lonely 1 -3 1",
    "later 1 90 0",
    "manual 0 1 0 web",
    "idle 0 0 0",
  };

  private record Container(String name, boolean auto, int order, int delay, List<String> groups) {
    static Container of(String line) {
      String[] words = line.split(" ");
      return new Container(
          words[0],
          words[1].equals("1"),
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          words.length > 4 ? List.of(words[4].split(",")) : List.of());
    }

    boolean isOf(String group) {
      return group.isEmpty() ? groups.isEmpty() : groups.contains(group);
    }

    String configuration() {
      StringBuilder text = new StringBuilder();
      text.append("lxc.uts.name = ").append(name).append('\n');
      text.append("lxc.rootfs.path = dir:/srv/").append(name).append("/rootfs\n");
      text.append("lxc.start.auto = ").append(auto ? 1 : 0).append('\n');
      text.append("lxc.start.order = ").append(order).append('\n');
      text.append("lxc.start.delay = ").append(delay).append('\n');
      groups.forEach(group -> text.append("lxc.group = ").append(group).append('\n'));
      return text.toString();
    }
  }

  private static final class NoFiles implements LxcFiles {
    @Override
    public String locate(String path) {
      return path;
    }

    @Override
    public Kind kind(String path) {
      return Kind.DIRECTORY;
    }

    @Override
    public byte[] read(String path) {
      throw new AssertionError(path);
    }

    @Override
    public List<String> configurations(String directory) {
      return List.of();
    }
  }

  /** Through the XML that an import stores. */
  private static Autostart imported(Container container) {
    byte[] bytes = container.configuration().getBytes(StandardCharsets.UTF_8);
    DomainDef domain = LxcReader.read("config", bytes, new NoFiles()).domain();
    byte[] xml = DomainWriter.write(domain).getBytes(StandardCharsets.UTF_8);
    return switch (new DomainReader().read(XmlSource.of("domain.xml", xml))) {
      case Reading.Valid<DomainDef> valid -> valid.definition().autostart();
      case Reading.Invalid<DomainDef> invalid -> throw new AssertionError(invalid.faults());
    };
  }

  private static List<String> byLxc(List<String> passes, boolean ignoreGroups, boolean all) {
    List<Container> containers = Arrays.stream(CONTAINERS).map(Container::of).toList();
    Map<String, Container> started = new LinkedHashMap<>();
    for (String pass : ignoreGroups ? List.of("") : passes) {
      containers.stream()
          .filter(each -> all || each.auto())
          .filter(each -> ignoreGroups || each.isOf(pass))
          .sorted(Comparator.comparing(Container::order).thenComparing(Container::name))
          .forEach(each -> started.putIfAbsent(each.name(), each));
    }
    return List.copyOf(started.keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // What its boot script gives.
        "onboot,  | no | dns lonely free later",
        // The example of its manual, which its own parser drops the end of.
        "dns,web,,onboot | no | web web2 lonely free later dns",
        ",onboot | no | lonely free later dns",
        "db,,web | no | db db2 web lonely free later web2",
        // Groups that are prefixes of one another.
        "dbfoo | no | dbfoo db2",
        "db | no | db db2 web",
        "db,dbfoo | no | db db2 web dbfoo",
        "dbfoo,db | no | dbfoo db2 db web",
        "d | no | -",
        "web | yes | manual web web2",
        "'' | yes | lonely free idle later",
        // Without groups: all of them.
        "- | no | lonely free dbfoo dns db db2 web web2 later",
        "- | yes | lonely free idle manual dbfoo dns db db2 web web2 later",
      })
  void theSequenceIsTheSame(String groups, String all, String expected) {
    boolean unflagged = all.equals("yes");
    List<String> passes = groups == null ? List.of() : Arrays.asList(groups.split(",", -1));
    List<String> lxc = byLxc(passes, groups == null, unflagged);
    Map<String, Autostart> domains = new HashMap<>();
    for (String line : CONTAINERS) {
      Container container = Container.of(line);
      domains.put(container.name(), imported(container));
    }
    StartOrder order = StartOrder.of(new AutostartSelection(unflagged, passes), domains);
    List<String> starts =
        order.planned().stream().map(StartOrder.Planned::name).collect(Collectors.toList());
    assertEquals(expected == null ? "" : expected, String.join(" ", starts));
    assertEquals(lxc, starts);
    assertEquals(lxc.reversed(), stops(order));
    Map<String, Long> waits = new HashMap<>();
    order.planned().forEach(each -> waits.put(each.name(), each.autostart().time().toSeconds()));
    for (String line : CONTAINERS) {
      Container container = Container.of(line);
      assertEquals(
          waits.containsKey(container.name()) ? (long) container.delay() : null,
          waits.get(container.name()),
          container.name());
    }
  }

  /** One at a time, as LXC has it. */
  private static List<String> stops(StartOrder order) {
    StartSchedule schedule = order.stops();
    List<String> names = new ArrayList<>();
    while (!schedule.isOver()) {
      String name = schedule.due(java.time.Duration.ZERO).getFirst();
      schedule.begin(name, java.time.Duration.ZERO);
      schedule.ready(name);
      names.add(name);
    }
    return names;
  }
}
