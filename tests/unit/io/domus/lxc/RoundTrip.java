// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.Tuning;
import io.domus.xml.DomainWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a domain to LXC and back. */
final class RoundTrip {
  private RoundTrip() {}

  /** What comes back is the same domain, but for what LXC has no word for. */
  static void check(DomainDef domain, LxcFiles files) {
    Export export = LxcWriter.write(domain, "d.xml", files);
    DomainDef back =
        LxcReader.read(
                "back", export.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), files)
            .domain();
    assertEquals(DomainWriter.write(expressible(domain)), DomainWriter.write(back), export::text);
  }

  /** Without mounts of devices and images, with shares as weights count them. */
  private static DomainDef expressible(DomainDef domain) {
    List<Filesystem> filesystems =
        domain.filesystems().stream()
            .filter(each -> each.target().isRoot() || !isImageOrDevice(each))
            .map(RoundTrip::asOneOverlay)
            .toList();
    Tuning tuning = domain.tuning();
    Optional<Long> shares =
        tuning.cpu().shares().map(each -> CpuReader.ofWeight(CpuReader.toWeight(each)));
    return new DomainDef(
        domain.name(),
        domain.uuid(),
        domain.title(),
        domain.description(),
        domain.metadata(),
        domain.memory(),
        domain.currentMemory(),
        domain.vcpu(),
        new Tuning(
            tuning.memory(),
            new Tuning.Cpu(
                tuning.cpu().cpus(),
                tuning.cpu().cpusOrigin(),
                shares,
                tuning.cpu().period(),
                tuning.cpu().quota()),
            tuning.blockIo(),
            tuning.numa(),
            tuning.partition(),
            tuning.partitionOrigin()),
        domain.os(),
        domain.lifecycle(),
        domain.features(),
        domain.idmap(),
        domain.shared(),
        domain.labels(),
        domain.emulator(),
        filesystems,
        domain.interfaces(),
        domain.consoles(),
        domain.disks(),
        domain.hostDevices(),
        domain.autostart(),
        domain.shutdown(),
        domain.checkpoint(),
        domain.origin());
  }

  /** A root of LXC is one overlay, with the work directory that LXC takes. */
  private static Filesystem asOneOverlay(Filesystem filesystem) {
    if (!(filesystem instanceof Filesystem.Overlay overlay) || !overlay.target().isRoot()) {
      return filesystem;
    }
    return new Filesystem.Overlay(
        overlay.place(),
        new OverlayChain(
            overlay.chain().upper().map(RoundTrip::asLxcMounts),
            directories(overlay.chain()),
            overlay.chain().options()));
  }

  private static OverlayChain.Upper asLxcMounts(OverlayChain.Upper upper) {
    return new OverlayChain.Upper(
        upper.directory(), LayerReader.workBeside(upper.directory()), upper.origin());
  }

  private static List<BackingStore> directories(OverlayChain chain) {
    List<BackingStore> found = new ArrayList<>();
    for (BackingStore lower : chain.lowers()) {
      if (lower instanceof BackingStore.Overlay inner) {
        inner
            .chain()
            .upper()
            .ifPresent(
                upper -> found.add(new BackingStore.Directory(upper.directory(), upper.origin())));
        found.addAll(directories(inner.chain()));
      } else {
        found.add(lower);
      }
    }
    return found;
  }

  private static boolean isImageOrDevice(Filesystem filesystem) {
    return switch (filesystem) {
      case Filesystem.Block _, Filesystem.Image _ -> true;
      case Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _, Filesystem.Overlay _ -> false;
    };
  }
}
