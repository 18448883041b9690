// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.AccessMode;
import io.domus.domain.Autostart;
import io.domus.domain.BackingStore;
import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.ConsoleDef;
import io.domus.domain.DomainDef;
import io.domus.domain.Features;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.IdMap;
import io.domus.domain.ImageFormat;
import io.domus.domain.Lifecycle;
import io.domus.domain.LifecycleAction;
import io.domus.domain.MountOptions;
import io.domus.domain.Origin;
import io.domus.domain.OsDef;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.ShutdownPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Definitions that keep the rules but are otherwise as odd as they may be: one per seed. */
final class GeneratedDomains {
  private final SplittableRandom random;
  private final OddText texts;
  private int names;

  private GeneratedDomains(long seed) {
    random = new SplittableRandom(seed);
    texts = new OddText(random);
  }

  static DomainDef domain(long seed) {
    return new GeneratedDomains(seed).domain();
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return flip() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> List<T> some(int most, Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      list.add(value.get());
    }
    return list;
  }

  private long size() {
    return random.nextLong(1, 1L << random.nextInt(1, 62));
  }

  private Path host() {
    return Path.of("/srv/" + names++ + texts.inPath());
  }

  private GuestPath guest() {
    return new GuestPath("/mnt/" + names++ + texts.inPath());
  }

  private DomainDef domain() {
    long memory = size();
    GeneratedTuning tuning = new GeneratedTuning(random);
    boolean sharing = random.nextInt(4) == 0;
    return new DomainDef(
        one(List.of("web", "_", "a.b-c+d@e", "n".repeat(200))),
        maybe(() -> new UUID(random.nextLong(), random.nextLong())),
        maybe(() -> texts.text().replace("\n", " ")),
        maybe(texts::text),
        maybe(
            () ->
                one(
                    List.of(
                        "<a:x xmlns:a='urn:a' b='&apos;&#10;'>t &amp; <a:y/></a:x>",
                        "<!-- c -->" + MetadataText.SEPARATOR + "<x xmlns='urn:b'> \n </x>"))),
        memory,
        random.nextLong(1, memory + 1),
        random.nextInt(1, 65536),
        tuning.tuning(memory),
        os(),
        new Lifecycle(
            one(LifecycleAction.values()),
            one(LifecycleAction.values()),
            one(LifecycleAction.values())),
        new Features(capabilities(), !sharing && flip()),
        sharing ? IdMap.NONE : idmap(),
        sharing ? tuning.shared() : SharedNamespaces.NONE,
        tuning.labels(),
        maybe(() -> "/usr/lib/libvirt/libvirt_lxc"),
        filesystems(),
        sharing ? List.of() : new GeneratedInterfaces(random).interfaces(),
        some(3, () -> new ConsoleDef("pty", "lxc", random.nextInt(8))),
        tuning.disks(),
        tuning.hostDevices(),
        flip() ? Autostart.OFF : autostart(),
        new ShutdownPolicy(one(List.of("SIGTERM", "SIGRTMIN+3", "9")), seconds()),
        new CheckpointDefaults(
            flip(), flip(), flip(), flip(), maybe(() -> one(List.of("skip", "nftables")))),
        Origin.NONE);
  }

  private Duration seconds() {
    return Duration.ofSeconds(random.nextInt(1000));
  }

  private OsDef os() {
    Map<String, String> environment = new LinkedHashMap<>();
    some(4, texts::text)
        .forEach(text -> environment.put("V" + names++ + text.replace("=", ""), text));
    return new OsDef(
        maybe(() -> one(List.of("x86_64", "i686"))),
        one(List.of("/sbin/init", "/bin/ü & <b>'\"", "/a\nb")),
        Origin.NONE,
        some(4, texts::text),
        environment,
        maybe(() -> one(List.of(GuestPath.ROOT, new GuestPath("/srv/a b")))),
        maybe(() -> one(List.of("root", "+1000"))),
        maybe(() -> "wheel"),
        maybe(texts::text));
  }

  private CapabilityPolicy capabilities() {
    Map<Capability, Boolean> states = new EnumMap<>(Capability.class);
    some(5, () -> one(Capability.values())).forEach(capability -> states.put(capability, flip()));
    return new CapabilityPolicy(one(CapabilityPolicy.Base.values()), states);
  }

  private IdMap idmap() {
    return switch (random.nextInt(3)) {
      case 0 -> IdMap.NONE;
      case 1 -> new IdMap(List.of(), List.of(), true, Origin.NONE);
      default -> new IdMap(ranges(), ranges(), false, Origin.NONE);
    };
  }

  private List<IdMap.Range> ranges() {
    List<IdMap.Range> ranges = new ArrayList<>();
    for (long index = 0; index <= random.nextInt(4); index++) {
      ranges.add(new IdMap.Range(index * 1000, index * 70000 + 1, random.nextInt(1, 1001)));
    }
    return ranges;
  }

  private List<Filesystem> filesystems() {
    List<Filesystem> filesystems = new ArrayList<>(some(5, () -> filesystem(place(guest()))));
    Filesystem.Place root = place(GuestPath.ROOT);
    filesystems.add(flip() ? new Filesystem.Mount(root, host()) : overlay(root));
    return filesystems;
  }

  private Filesystem.Place place(GuestPath target) {
    return new Filesystem.Place(
        target,
        flip(),
        new MountOptions(
            flip(), flip(), flip(), flip(), maybe(() -> one(MountOptions.Propagation.values()))),
        maybe(() -> one(AccessMode.values())),
        maybe(this::size),
        Origin.NONE);
  }

  private Filesystem filesystem(Filesystem.Place place) {
    return switch (random.nextInt(6)) {
      case 0 -> new Filesystem.Mount(place, host());
      case 1 -> new Filesystem.Bind(place, guest());
      case 2 -> new Filesystem.Block(place, host());
      case 3 -> new Filesystem.Image(place, host(), one(ImageFormat.values()));
      case 4 -> new Filesystem.Ram(place, size());
      default -> overlay(place);
    };
  }

  private Filesystem overlay(Filesystem.Place place) {
    OverlayChain chain = chain(3);
    Filesystem.Place fitting =
        new Filesystem.Place(
            place.target(),
            place.readonly() || chain.upper().isEmpty(),
            place.options(),
            place.accessMode(),
            place.spaceHardLimit(),
            place.origin());
    return new Filesystem.Overlay(fitting, chain);
  }

  private OverlayChain chain(int depth) {
    TreeMap<String, String> options = new TreeMap<>();
    if (flip()) {
      options.put("metacopy", one(List.of("on", "off")));
      options.put("redirect_dir", one(List.of("follow", "nofollow")));
    }
    List<BackingStore> lowers = new ArrayList<>(some(3, () -> store(depth)));
    lowers.add(new BackingStore.Directory(host(), Origin.NONE));
    return new OverlayChain(
        maybe(() -> new OverlayChain.Upper(host(), host(), Origin.NONE)),
        lowers,
        new OverlayOptions(options));
  }

  private BackingStore store(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 3)) {
      case 0 -> new BackingStore.Directory(host(), Origin.NONE);
      case 1 -> image(3);
      case 2 -> new BackingStore.Block(host(), maybe(this::host), Origin.NONE);
      default -> new BackingStore.Overlay(chain(depth - 1), maybe(this::host), Origin.NONE);
    };
  }

  private BackingStore.Image image(int depth) {
    boolean backed = depth > 0 && flip();
    return new BackingStore.Image(
        host(),
        backed ? ImageFormat.QCOW2 : one(ImageFormat.values()),
        maybe(this::host),
        backed ? Optional.of(image(depth - 1)) : Optional.empty(),
        Origin.NONE);
  }

  private Autostart autostart() {
    return new Autostart(
        flip(),
        random.nextInt(),
        seconds(),
        random.nextInt(1001),
        seconds(),
        some(2, () -> "group-" + names++),
        some(2, () -> "other" + names++),
        maybe(this::ready));
  }

  private Autostart.Ready ready() {
    String type = one(List.of("running", "tcp", "path", "log", "exec"));
    Optional<String> value =
        switch (type) {
          case "tcp" -> Optional.of(one(List.of("80", "10.0.0.5:80", "[fd00::1]:80")));
          case "path" -> Optional.of("/run/ready & able");
          case "log", "exec" -> Optional.of("it's <up>\n&\t\"running\"");
          default -> Optional.empty();
        };
    Optional<Integer> watchdog =
        type.equals("running") || type.equals("log")
            ? Optional.empty()
            : maybe(() -> random.nextInt(1, 9));
    return new Autostart.Ready(
        type, value, Duration.ofSeconds(random.nextInt(1, 9)), seconds(), watchdog);
  }
}
