// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NumberSet;
import io.domus.domain.Origin;
import io.domus.domain.SecurityLabel;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.Tuning;
import io.domus.xml.bind.BlkiotuneBean;
import io.domus.xml.bind.CputuneBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.IoDeviceBean;
import io.domus.xml.bind.MemtuneBean;
import io.domus.xml.bind.NamespaceBean;
import io.domus.xml.bind.NumaMemoryBean;
import io.domus.xml.bind.PeerBean;
import io.domus.xml.bind.SeclabelBean;
import io.domus.xml.bind.TextBean;
import java.util.Optional;

/** Turns the beans about resources, labels and shared namespaces into records. */
final class TuningMapping {
  private final DomainMapping mapping;

  TuningMapping(DomainMapping mapping) {
    this.mapping = mapping;
  }

  Tuning tuning(DomainBean domain) {
    return new Tuning(
        domain.memtune == null ? Tuning.Memory.NONE : memory(domain.memtune),
        cpu(domain),
        domain.blkiotune == null ? Tuning.BlockIo.NONE : blockIo(domain.blkiotune),
        Optional.ofNullable(domain.numatune)
            .flatMap(numatune -> Optional.ofNullable(numatune.memory))
            .map(TuningMapping::numa),
        Optional.ofNullable(domain.resource)
            .flatMap(resource -> DomainMapping.token(resource.partition)),
        Optional.ofNullable(domain.resource)
            .flatMap(resource -> Optional.ofNullable(resource.partition))
            .map(mapping::origin)
            .orElse(Origin.NONE));
  }

  private static Optional<Long> bytes(TextBean limit) {
    return Optional.ofNullable(limit).map(DomainMapping::bytes);
  }

  private static Optional<Long> number(TextBean text) {
    return DomainMapping.token(text).map(DomainMapping::number);
  }

  private static Tuning.Memory memory(MemtuneBean memtune) {
    return new Tuning.Memory(
        bytes(memtune.hardLimit), bytes(memtune.softLimit), bytes(memtune.swapHardLimit));
  }

  private Tuning.Cpu cpu(DomainBean domain) {
    Optional<NumberSet> cpus = set(domain.vcpu.cpuset);
    Origin origin = cpus.isPresent() ? mapping.origin(domain.vcpu) : Origin.NONE;
    CputuneBean tune = domain.cputune;
    return tune == null
        ? new Tuning.Cpu(cpus, origin, Optional.empty(), Optional.empty(), Optional.empty())
        : new Tuning.Cpu(
            cpus, origin, number(tune.shares), number(tune.period), number(tune.quota));
  }

  private static Optional<NumberSet> set(String attribute) {
    return Optional.ofNullable(attribute).flatMap(NumberSet::parse);
  }

  private Tuning.BlockIo blockIo(BlkiotuneBean tune) {
    return new Tuning.BlockIo(
        weight(tune.weight), tune.devices.stream().map(this::device).toList());
  }

  /** libvirt's 0 takes a weight away. */
  private static Optional<Integer> weight(TextBean text) {
    return number(text).filter(weight -> weight != 0).map(Long::intValue);
  }

  private Tuning.BlockIo.Device device(IoDeviceBean device) {
    return new Tuning.BlockIo.Device(
        DomainMapping.token(device.path).orElseThrow(),
        weight(device.weight),
        number(device.readBytes),
        number(device.writeBytes),
        number(device.readOperations),
        number(device.writeOperations),
        mapping.origin(device));
  }

  private static Tuning.Numa numa(NumaMemoryBean memory) {
    return new Tuning.Numa(
        memory.mode == null
            ? Tuning.Numa.Mode.STRICT
            : DomainMapping.constant(Tuning.Numa.Mode.class, memory.mode),
        set(memory.nodeset));
  }

  static SecurityLabel label(SeclabelBean label) {
    return new SecurityLabel(
        label.type == null
            ? SecurityLabel.Type.DYNAMIC
            : DomainMapping.constant(SecurityLabel.Type.class, label.type),
        DomainMapping.token(label.model),
        Optional.ofNullable(label.relabel).map(DomainMapping::yes),
        DomainMapping.token(label.label),
        DomainMapping.token(label.baselabel));
  }

  SharedNamespaces shared(NamespaceBean shared) {
    return new SharedNamespaces(peer(shared.network), peer(shared.ipc), peer(shared.uts));
  }

  private Optional<SharedNamespaces.Peer> peer(PeerBean peer) {
    return Optional.ofNullable(peer)
        .map(
            present ->
                new SharedNamespaces.Peer(
                    DomainMapping.constant(SharedNamespaces.Peer.Kind.class, present.type),
                    present.value.strip(),
                    mapping.origin(present)));
  }
}
