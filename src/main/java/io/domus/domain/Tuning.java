// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the host shares its resources with a guest, beyond the memory and the number of CPUs that
 * each domain has.
 *
 * @param partition the parent cgroup, an absolute path below the cgroup root
 * @param partitionOrigin where the definition names it
 */
public record Tuning(
    Memory memory,
    Cpu cpu,
    BlockIo blockIo,
    Optional<Numa> numa,
    Optional<String> partition,
    Origin partitionOrigin) {
  /** Where libvirt puts a domain that says nothing: for us the same as to say nothing. */
  private static final String DEFAULT_PARTITION = "/machine";

  public static final Tuning NONE =
      new Tuning(
          Memory.NONE, Cpu.NONE, BlockIo.NONE, Optional.empty(), Optional.empty(), Origin.NONE);

  /**
   * {@code <memtune>}, in bytes.
   *
   * @param hardLimit takes the place of {@code <memory>} as limit
   * @param softLimit what the kernel reclaims down to first
   * @param swapHardLimit memory and swap together
   */
  public record Memory(
      Optional<Long> hardLimit, Optional<Long> softLimit, Optional<Long> swapHardLimit) {
    public static final Memory NONE =
        new Memory(Optional.empty(), Optional.empty(), Optional.empty());

    public Memory {
      Objects.requireNonNull(hardLimit, "hardLimit");
      Objects.requireNonNull(softLimit, "softLimit");
      Objects.requireNonNull(swapHardLimit, "swapHardLimit");
    }
  }

  /**
   * {@code <cputune>} and the CPUs of {@code <vcpu>}.
   *
   * @param cpus the CPUs of the host that the guest may run on
   * @param cpusOrigin where the definition names them
   * @param shares weight beside other guests, 2 to 262144, the kernel's default is 1024
   * @param period microseconds, 1000 to 1000000
   * @param quota microseconds of each period for the whole guest; negative for no limit
   */
  public record Cpu(
      Optional<NumberSet> cpus,
      Origin cpusOrigin,
      Optional<Long> shares,
      Optional<Long> period,
      Optional<Long> quota) {
    public static final Cpu NONE =
        new Cpu(
            Optional.empty(), Origin.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    public Cpu {
      Objects.requireNonNull(cpus, "cpus");
      Objects.requireNonNull(cpusOrigin, "cpusOrigin");
      Objects.requireNonNull(shares, "shares");
      Objects.requireNonNull(period, "period");
      Objects.requireNonNull(quota, "quota");
    }
  }

  /**
   * {@code <blkiotune>}.
   *
   * @param weight 10 to 1000
   */
  public record BlockIo(Optional<Integer> weight, List<Device> devices) {
    public static final BlockIo NONE = new BlockIo(Optional.empty(), List.of());

    /**
     * @param path a block device of the host
     * @param readBytes per second, as the others; 0 for no limit
     */
    public record Device(
        String path,
        Optional<Integer> weight,
        Optional<Long> readBytes,
        Optional<Long> writeBytes,
        Optional<Long> readOperations,
        Optional<Long> writeOperations,
        Origin origin) {
      public Device {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(readBytes, "readBytes");
        Objects.requireNonNull(writeBytes, "writeBytes");
        Objects.requireNonNull(readOperations, "readOperations");
        Objects.requireNonNull(writeOperations, "writeOperations");
        Objects.requireNonNull(origin, "origin");
      }
    }

    public BlockIo {
      Objects.requireNonNull(weight, "weight");
      devices = List.copyOf(devices);
    }
  }

  /**
   * {@code <numatune><memory>}.
   *
   * @param nodes empty if the placement is left to the host
   */
  public record Numa(Mode mode, Optional<NumberSet> nodes) {
    /** Where memory may come from. */
    public enum Mode {
      STRICT,
      PREFERRED,
      INTERLEAVE,
      RESTRICTIVE
    }

    public Numa {
      Objects.requireNonNull(mode, "mode");
      Objects.requireNonNull(nodes, "nodes");
    }
  }

  public Tuning {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(blockIo, "blockIo");
    Objects.requireNonNull(numa, "numa");
    Objects.requireNonNull(partition, "partition");
    Objects.requireNonNull(partitionOrigin, "partitionOrigin");
  }

  /** The partition, where it is another than the default place. */
  public Optional<String> parent() {
    return partition.filter(path -> !path.equals(DEFAULT_PARTITION));
  }
}
