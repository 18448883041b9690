// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.Controller;
import io.domus.compiler.GuestFile;
import io.domus.compiler.GuestMapping;
import io.domus.compiler.HookFacts;
import io.domus.compiler.HostFacts;
import io.domus.compiler.LayerFacts;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.SessionFacts;
import io.domus.compiler.SourceFacts;
import io.domus.compiler.ToolFacts;
import io.domus.compiler.UserNetwork;
import io.domus.domain.Capability;
import io.domus.domain.IdMap;
import io.domus.tool.PastaTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Facts about a host as a text: a fact a line, its value after the first space, {@code #} begins a
 * comment. A path is the rest of its line, with Java's escapes.
 *
 * <pre>
 * cgroups v2                  or v1, hybrid
 * no-controller memory        of cgroups of version 2
 * cpus 8
 * qcow2 none                  or nbd, fuse
 * nbd /dev/nbd0               a free one
 * no-capability mknod         the host cannot give it
 * ids 0 0                     or unknown
 * directory /srv/base         or file, block-device, other, unreadable; what is not named is missing
 * directory-on-overlay /srv   the same, on an overlay
 * node b 8:0 /dev/sda          or c: a device node
 * running db 4711              a domain that runs, and its init
 * marks none /srv/base        or opaque-root,hides,metacopy,redirect,escaped
 * link vnet0 network=default bridge=dom0 address=192.0.2.7/24
 *                             what there is for the next interface: the host's end and a place
 * guest-file empty /etc/hosts or missing, closed, own
 * hook /etc/domus/hooks/log    a program that is told of runs
 * chosen 2000683008            the first of the ids that the host has for the guest
 * free-ids 2000683008          the same, and they are not the guest's yet
 * place /srv /srv/w /mnt/w     the mount point and the real path of a directory, and its name
 * session none                a user's; or: limits /CGROUP, freezer /CGROUP
 * user-network pasta          what connects guests of that user; or slirp4netns, no-device
 * user-template lo eth0       what pasta is told to copy, and devices without carrier
 * </pre>
 */
final class HostFactsText {
  private static final ToolFacts TOOLS =
      new ToolFacts(
          Path.of("/usr/bin/crun"),
          Path.of("/usr/bin/conmon"),
          Path.of("/opt/domus/conf/libexec/monitor"),
          Path.of("/opt/domus/conf/libexec/exit"),
          List.of("/opt/domus/domus", "-c", "lxc:///system", "drain-exits"));

  private final Map<Path, SourceFacts> sources = new HashMap<>();
  private final Map<Path, LayerFacts> layers = new HashMap<>();
  private final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
  private final Map<String, Integer> peers = new HashMap<>();
  private final List<Path> freeNbd = new ArrayList<>();
  private final List<LinkFacts> links = new ArrayList<>();
  private final Map<String, GuestFile> guestFiles = new HashMap<>();
  private final List<Path> hooks = new ArrayList<>();
  private final Set<Controller> lacking = EnumSet.noneOf(Controller.class);
  private String cgroups = "v2";
  private int cpus = 8;
  private HostFacts.Qcow qcow = HostFacts.Qcow.NONE;
  private Optional<SessionFacts> session = Optional.empty();
  private Optional<IdMap.Range> chosen = Optional.empty();
  private boolean keepsIds = true;
  private final Map<Path, GuestMapping.Place> places = new HashMap<>();
  private Optional<HostFacts.GuestIds> ids = Optional.of(new HostFacts.GuestIds(0, 0));

  private HostFactsText() {}

  static HostFacts parse(String text) {
    HostFactsText facts = new HostFactsText();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> facts.take(line.split(" ", 2)));
    HostFacts host =
        facts
            .host()
            .without(facts.lacking)
            .withLinks(facts.links, facts.guestFiles)
            .withHooks(new HookFacts(facts.hooks, Duration.ofMinutes(1)))
            .withMapping(
                facts.chosen.map(range -> new GuestMapping(range, facts.keepsIds, facts.places)));
    return facts.session.map(host::inSession).orElse(host);
  }

  private HostFacts host() {
    HostFactsText facts = this;
    return new HostFacts(
        TOOLS,
        facts.cgroups.equals("hybrid"),
        facts.cgroups.equals("v2"),
        facts.cgroups.equals("v2")
            ? List.of(Path.of("/sys/fs/cgroup"))
            : List.of(Path.of("/sys/fs/cgroup/cpu"), Path.of("/sys/fs/cgroup/memory")),
        facts.qcow,
        facts.freeNbd,
        facts.cpus,
        facts.capabilities,
        facts.sources,
        facts.layers,
        facts.peers,
        facts.ids);
  }

  private void take(String[] fact) {
    String value = fact[1];
    switch (fact[0]) {
      case "cgroups" -> cgroups = value;
      case "no-controller" -> lacking.add(Controller.valueOf(value.toUpperCase(Locale.ROOT)));
      case "cpus" -> cpus = Integer.parseInt(value);
      case "qcow2" -> qcow = HostFacts.Qcow.valueOf(value.toUpperCase(Locale.ROOT));
      case "nbd" -> freeNbd.add(path(value));
      case "no-capability" ->
          capabilities.remove(Capability.valueOf(value.toUpperCase(Locale.ROOT)));
      case "ids" -> ids = ids(value);
      case "node" -> node(value.split(" ", 3));
      case "running" -> {
        String[] domain = value.split(" ", 2);
        peers.put(domain[0], Integer.parseInt(domain[1]));
      }
      case "hook" -> hooks.add(path(value));
      case "link" -> links.add(LinkFactsText.parse(value));
      case "guest-file" -> {
        String[] file = value.split(" ", 2);
        guestFiles.put(file[1], GuestFile.valueOf(file[0].toUpperCase(Locale.ROOT)));
      }
      case "chosen", "free-ids" -> {
        chosen = Optional.of(new IdMap.Range(0, Long.parseLong(value), IdMap.AUTOMATIC_COUNT));
        keepsIds = fact[0].equals("chosen");
      }
      case "place" -> {
        String[] place = value.split(" ", 3);
        places.put(path(place[2]), new GuestMapping.Place(path(place[1]), path(place[0])));
      }
      case "user-network" ->
          session =
              session.map(
                  found ->
                      found.withNetwork(
                          UserNetwork.valueOf(value.replace('-', '_').toUpperCase(Locale.ROOT))));
      case "user-template" -> {
        List<String> devices = List.of(value.split(" ", -1));
        Set<String> down = Set.copyOf(devices.subList(1, devices.size()));
        PastaTemplate found = new PastaTemplate(Optional.of(devices.getFirst()), down);
        session = session.map(facts -> facts.withTemplate(found));
      }
      case "session" -> session = Optional.of(session(value.split(" ", 2)));
      case "marks" -> {
        String[] marks = value.split(" ", 2);
        layers.put(path(marks[1]), layer(marks[0]));
      }
      default -> source(fact[0], path(value));
    }
  }

  private static SessionFacts session(String[] words) {
    return words[0].equals("none")
        ? SessionFacts.NONE
        : new SessionFacts(Optional.of(words[1]), words[0].equals("limits"));
  }

  private void node(String[] words) {
    String[] number = words[1].split(":", 2);
    sources.put(
        path(words[2]),
        new SourceFacts(
            words[0].equals("b")
                ? SourceFacts.Kind.BLOCK_DEVICE
                : SourceFacts.Kind.CHARACTER_DEVICE,
            false,
            Optional.of(
                new SourceFacts.DeviceNumber(
                    Integer.parseInt(number[0]), Integer.parseInt(number[1])))));
  }

  private void source(String kind, Path path) {
    String bare = kind.replace("-on-overlay", "");
    sources.put(
        path,
        new SourceFacts(
            SourceFacts.Kind.valueOf(bare.replace('-', '_').toUpperCase(Locale.ROOT)),
            !bare.equals(kind)));
  }

  private static Path path(String text) {
    return Path.of(text.translateEscapes());
  }

  private static Optional<HostFacts.GuestIds> ids(String text) {
    if (text.equals("unknown")) {
      return Optional.empty();
    }
    String[] numbers = text.split(" ", 2);
    return Optional.of(
        new HostFacts.GuestIds(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
  }

  private static LayerFacts layer(String marks) {
    List<String> all = Arrays.asList(marks.split(",", -1));
    return new LayerFacts(
        true,
        all.contains("opaque-root"),
        all.contains("metacopy"),
        all.contains("redirect"),
        all.contains("escaped"),
        all.contains("hides"));
  }
}
