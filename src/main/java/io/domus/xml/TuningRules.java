// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestPath;
import io.domus.domain.NumberSet;
import io.domus.xml.bind.BlkiotuneBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.IoDeviceBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.MemtuneBean;
import io.domus.xml.bind.NumaMemoryBean;
import io.domus.xml.bind.TextBean;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Rules for what a definition says about memory, CPUs, block I/O and cgroups. */
final class TuningRules {
  private static final long LEAST_WEIGHT = 10;

  /** The kernel counts them in 64 bits of nanoseconds, with 20 bits to spare. */
  private static final long MOST_QUOTA = (1L << 44) - 1;

  private final Faults faults;

  TuningRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    if (domain.memtune != null) {
      memory(domain.memtune, domain.memory);
    }
    set(domain.vcpu, "cpuset", domain.vcpu.cpuset);
    if (domain.cputune != null && domain.cputune.quota != null) {
      quota(domain.cputune.quota);
    }
    if (domain.numatune != null && domain.numatune.memory != null) {
      numa(domain.numatune.memory);
    }
    if (domain.blkiotune != null) {
      blockIo(domain.blkiotune);
    }
    if (domain.resource != null && domain.resource.partition != null) {
      partition(domain.resource.partition);
    }
  }

  private void memory(MemtuneBean tune, TextBean memory) {
    OptionalLong hard = amount(tune.hardLimit);
    OptionalLong soft = amount(tune.softLimit);
    OptionalLong swap = amount(tune.swapHardLimit);
    TextBean limit = tune.hardLimit == null ? memory : tune.hardLimit;
    OptionalLong most = tune.hardLimit == null ? bytes(memory) : hard;
    if (most.isEmpty()) {
      return;
    }
    if (swap.isPresent() && swap.getAsLong() < most.getAsLong()) {
      faults.error(
          "memtune.swap-limit",
          faults.content(tune.swapHardLimit),
          "<swap_hard_limit> counts memory and swap together and is less than <%s> of line %d"
              .formatted(limit.element, limit.line));
    }
    if (soft.isPresent() && soft.getAsLong() > most.getAsLong()) {
      faults.warning(
          "memtune.soft-limit",
          faults.content(tune.softLimit),
          "<soft_limit> is more than <%s> of line %d and has no effect"
              .formatted(limit.element, limit.line));
    }
  }

  private static OptionalLong bytes(TextBean amount) {
    return amount == null || amount.incomplete
        ? OptionalLong.empty()
        : Quantity.bytes(amount.value, amount.unit, Quantity.KIB);
  }

  private OptionalLong amount(TextBean limit) {
    OptionalLong bytes = bytes(limit);
    if (limit == null || limit.incomplete) {
      return bytes;
    }
    if (bytes.isEmpty() || bytes.getAsLong() == 0) {
      faults.error(
          "memtune.amount",
          faults.content(limit),
          "<%s> must be more than 0 and less than 8 EiB".formatted(limit.element));
      return OptionalLong.empty();
    }
    return bytes;
  }

  private void set(Located owner, String attribute, String value) {
    if (value != null && !owner.incomplete && NumberSet.parse(value).isEmpty()) {
      faults.error(
          "tuning.number-set",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s> is %s, which names none of the numbers from 0 to 4095"
              .formatted(attribute, owner.element, Printable.quoted(value)));
    }
  }

  private void quota(TextBean quota) {
    if (!quota.incomplete && DomainMapping.number(quota.value) > MOST_QUOTA) {
      faults.error(
          "cputune.quota",
          faults.content(quota),
          "<quota> is more than the kernel takes, %d microseconds".formatted(MOST_QUOTA));
    }
  }

  private void numa(NumaMemoryBean memory) {
    set(memory, "nodeset", memory.nodeset);
    if (memory.mode == null || memory.incomplete) {
      return;
    }
    String mode = memory.mode.strip();
    if (mode.equals("preferred") || mode.equals("interleave")) {
      faults.warning(
          "unsupported",
          faults.attribute(memory, "mode"),
          "mode '%s' has no effect: the runtime binds memory with mode 'strict' only"
              .formatted(mode));
    }
  }

  private void blockIo(BlkiotuneBean tune) {
    weight(tune.weight);
    Map<String, IoDeviceBean> taken = new HashMap<>();
    for (IoDeviceBean device : tune.devices) {
      weight(device.weight);
      if (device.path == null) {
        if (!device.incomplete) {
          faults.error("blkiotune.path", Faults.of(device), "<device> needs a <path>");
        }
        continue;
      }
      String path = path("blkiotune.path", device.path);
      IoDeviceBean first = taken.putIfAbsent(path, device);
      if (first != null) {
        faults.error(
            "blkiotune.duplicate-device",
            faults.content(device.path),
            "%s is already the device of line %d".formatted(Printable.quoted(path), first.line));
      }
    }
  }

  private void weight(TextBean weight) {
    if (weight == null || weight.incomplete) {
      return;
    }
    long value = DomainMapping.number(weight.value);
    if (value != 0 && value < LEAST_WEIGHT) {
      faults.error(
          "blkiotune.weight",
          faults.content(weight),
          "<weight> is %d, expected 10 to 1000, or 0 for none".formatted(value));
    }
  }

  private String path(String rule, TextBean element) {
    String path = element.value.strip();
    if (!element.incomplete && !path.startsWith("/")) {
      faults.error(
          rule,
          faults.content(element),
          "<%s> is %s, expected an absolute path"
              .formatted(element.element, Printable.quoted(path)));
    }
    return path;
  }

  private void partition(TextBean partition) {
    String path = partition.value.strip();
    if (!partition.incomplete && !GuestPath.isNormalised(path)) {
      faults.error(
          "resource.partition",
          faults.content(partition),
          "<partition> is %s, %s".formatted(Printable.quoted(path), PathRules.GUEST));
    }
  }
}
