// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.CheckpointDefaults;
import io.domus.domain.ConsoleDef;
import io.domus.domain.DomainDef;
import io.domus.domain.Features;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.IdMap;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.Lifecycle;
import io.domus.domain.Origin;
import io.domus.domain.OsDef;
import io.domus.domain.SharedNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a configuration of LXC, from 0.7 to 7, as a domain. What a domain has no place for is
 * reported and never left out in silence.
 */
public final class LxcReader {
  private LxcReader() {}

  /**
   * @param file how messages name the configuration
   * @throws InvalidDefinitionException if nothing in it is a setting of LXC, or there are too many
   */
  public static Conversion read(String file, byte[] bytes, LxcFiles files) {
    Report report = new Report(file);
    Settings settings = Settings.of(new SettingReader(files, report).read(file, bytes), report);
    if (settings.isEmpty()) {
      throw new InvalidDefinitionException(
          file + ": error: no configuration of LXC: no line in it is 'lxc.KEY = VALUE'");
    }
    DomainDef domain = domain(file, files, settings, report);
    new Unconverted(report).read(settings);
    String path = files.locate(file);
    if (PathText.fileName(path).equals(NameReader.CONFIG)) {
      new PinReader(files, report, PathText.parent(path))
          .read(domain.filesystems().stream().filter(each -> each.target().isRoot()).findFirst());
    }
    return new Conversion(domain, report.lines());
  }

  private static DomainDef domain(String file, LxcFiles files, Settings settings, Report report) {
    String path = files.locate(file);
    String name = new NameReader(settings, report, path).read();
    OsDef os = new OsReader(settings, report).read();
    MemoryReader.Limits memory = new MemoryReader(settings, report).read();
    IdMap idmap = new IdMapReader(settings, report).read();
    Map<String, NamespaceReader.Shared> shared =
        new NamespaceReader(settings, report, name).read(idmap.present());
    NetworkReader.Networks networks =
        new NetworkReader(settings, report)
            .read(Optional.ofNullable(shared.get("net")).map(NamespaceReader.Shared::setting));
    SharedNamespaces namespaces = namespaces(shared, networks, idmap, report);
    HookMounts hooks = new HookReader(settings, files, report, path).read();
    RootReader.Root root = new RootReader(settings, files, report, hooks).read();
    MountReader.Mounts mounts =
        new MountReader(settings, files, report, targets(root.text(), path, name, settings))
            .read(root.below());
    hooks.report();
    new DeviceRules(settings, report).read();
    List<ConsoleDef> consoles = new ConsoleReader(settings, report).read();
    List<Filesystem> filesystems = new ArrayList<>(root.filesystem().stream().toList());
    filesystems.addAll(mounts.filesystems());
    List<HostDevice> devices = new ArrayList<>(mounts.devices());
    devices.addAll(networks.devices());
    boolean alone = networks.interfaces().isEmpty() && networks.devices().isEmpty();
    return new DomainDef(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        memory.memory(),
        memory.memory(),
        1,
        new TuningReader(settings, report).read(memory.tuning(), name),
        os,
        Lifecycle.DEFAULT,
        new Features(
            new CapabilityReader(settings, report).read(), alone && namespaces.network().isEmpty()),
        idmap,
        namespaces,
        new LabelReader(settings, report).read(),
        Optional.empty(),
        filesystems,
        networks.interfaces(),
        consoles,
        List.of(),
        devices,
        new AutostartReader(settings, report).read(),
        new ShutdownReader(settings, report).read(os.init()),
        CheckpointDefaults.NONE,
        new Origin(file, 1, 0, ""));
  }

  private static SharedNamespaces namespaces(
      Map<String, NamespaceReader.Shared> shared,
      NetworkReader.Networks networks,
      IdMap idmap,
      Report report) {
    Optional<SharedNamespaces.Peer> network = NamespaceReader.peer(shared, "net");
    if (networks.hostNetwork().isPresent()) {
      Setting setting = networks.hostNetwork().get();
      if (idmap.present()) {
        report.lost(setting, "a guest with lxc.idmap cannot be in the host's network");
      } else {
        report.note(setting, "the guest is in the network of the host");
        network =
            Optional.of(
                new SharedNamespaces.Peer(
                    SharedNamespaces.Peer.Kind.PID, NamespaceReader.HOST, setting.at()));
      }
    }
    return new SharedNamespaces(
        network, NamespaceReader.peer(shared, "ipc"), NamespaceReader.peer(shared, "uts"));
  }

  /** Configurations name the guest's root by any of these, whatever it is made of. */
  private static TargetReader targets(String root, String path, String name, Settings settings) {
    List<String> others = new ArrayList<>();
    others.add("/var/lib/lxc/" + name + "/rootfs");
    others.add("/var/lib/lxc/" + NameReader.ofPath(path) + "/rootfs");
    if (!PathText.parent(path).isEmpty()) {
      others.add(PathText.parent(path) + "/rootfs");
    }
    settings.peek("lxc.rootfs.mount").ifPresent(mount -> others.add(mount.value()));
    return new TargetReader(root, others);
  }
}
