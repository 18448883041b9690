// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.domain.NumberSet;
import io.domus.domain.SecurityLabel;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.Tuning;
import java.util.Optional;

/** Writes what a definition says about resources, labels and shared namespaces. */
final class TuningWriter {
  private final Markup xml;

  TuningWriter(Markup xml) {
    this.xml = xml;
  }

  /** The elements that libvirt writes around {@code <vcpu>}, it included. */
  void write(DomainDef domain) {
    Tuning tuning = domain.tuning();
    blockIo(tuning.blockIo());
    memory(tuning.memory());
    xml.leaf(
        "vcpu",
        Integer.toString(domain.vcpu()),
        "cpuset",
        tuning.cpu().cpus().map(NumberSet::text).orElse(null));
    cpu(tuning.cpu());
    tuning.numa().ifPresent(this::numa);
    tuning
        .partition()
        .ifPresent(
            partition -> {
              xml.open("resource");
              xml.leaf("partition", partition);
              xml.close();
            });
  }

  private void leaf(String name, Optional<? extends Number> number) {
    number.ifPresent(present -> xml.leaf(name, present.toString()));
  }

  private void blockIo(Tuning.BlockIo tune) {
    if (tune.equals(Tuning.BlockIo.NONE)) {
      return;
    }
    xml.open("blkiotune");
    leaf("weight", tune.weight());
    for (Tuning.BlockIo.Device device : tune.devices()) {
      xml.open("device");
      xml.leaf("path", device.path());
      leaf("weight", device.weight());
      leaf("read_iops_sec", device.readOperations());
      leaf("write_iops_sec", device.writeOperations());
      leaf("read_bytes_sec", device.readBytes());
      leaf("write_bytes_sec", device.writeBytes());
      xml.close();
    }
    xml.close();
  }

  private void memory(Tuning.Memory tune) {
    if (tune.equals(Tuning.Memory.NONE)) {
      return;
    }
    xml.open("memtune");
    amount("hard_limit", tune.hardLimit());
    amount("soft_limit", tune.softLimit());
    amount("swap_hard_limit", tune.swapHardLimit());
    xml.close();
  }

  private void amount(String name, Optional<Long> bytes) {
    bytes.ifPresent(present -> xml.amount(name, present));
  }

  private void cpu(Tuning.Cpu tune) {
    if (tune.shares().isEmpty() && tune.period().isEmpty() && tune.quota().isEmpty()) {
      return;
    }
    xml.open("cputune");
    leaf("shares", tune.shares());
    leaf("period", tune.period());
    leaf("quota", tune.quota());
    xml.close();
  }

  private void numa(Tuning.Numa numa) {
    xml.open("numatune");
    xml.empty(
        "memory",
        "mode",
        DomainWriter.lower(numa.mode()),
        "nodeset",
        numa.nodes().map(NumberSet::text).orElse(null));
    xml.close();
  }

  void label(SecurityLabel label) {
    String[] attributes = {
      "type",
      DomainWriter.lower(label.type()),
      "model",
      label.model().orElse(null),
      "relabel",
      label.relabel().map(relabel -> relabel ? "yes" : "no").orElse(null)
    };
    if (label.label().isEmpty() && label.baseLabel().isEmpty()) {
      xml.empty("seclabel", attributes);
      return;
    }
    xml.open("seclabel", attributes);
    label.label().ifPresent(text -> xml.leaf("label", text));
    label.baseLabel().ifPresent(text -> xml.leaf("baselabel", text));
    xml.close();
  }

  void shared(SharedNamespaces shared) {
    if (!shared.present()) {
      return;
    }
    xml.open("lxc:namespace", "xmlns:lxc", SharedNamespaces.XML_NAMESPACE);
    peer("lxc:sharenet", shared.network());
    peer("lxc:shareipc", shared.ipc());
    peer("lxc:shareuts", shared.uts());
    xml.close();
  }

  private void peer(String name, Optional<SharedNamespaces.Peer> peer) {
    peer.ifPresent(
        present ->
            xml.empty(name, "type", DomainWriter.lower(present.kind()), "value", present.value()));
  }
}
