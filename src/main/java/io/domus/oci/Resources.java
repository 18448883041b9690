// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Limits, {@code linux.resources}. */
public record Resources(
    Optional<Memory> memory,
    Cpu cpu,
    BlockIo blockIo,
    Optional<Long> pidsLimit,
    List<DeviceRule> devices) {
  /**
   * In bytes.
   *
   * @param reservation the soft limit
   * @param swap memory and swap together
   */
  public record Memory(long limit, Optional<Long> reservation, Optional<Long> swap) {
    public Memory {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(swap, "swap");
    }
  }

  /**
   * CPU time and processors.
   *
   * @param period microseconds, empty for the kernel's default
   * @param quota microseconds of each period, empty for no limit
   * @param cpus a list as the kernel takes it
   * @param mems NUMA nodes, as a list too
   */
  public record Cpu(
      Optional<Long> shares,
      Optional<Long> period,
      Optional<Long> quota,
      Optional<String> cpus,
      Optional<String> mems) {
    public Cpu {
      Objects.requireNonNull(shares, "shares");
      Objects.requireNonNull(period, "period");
      Objects.requireNonNull(quota, "quota");
      Objects.requireNonNull(cpus, "cpus");
      Objects.requireNonNull(mems, "mems");
    }
  }

  /** Block I/O; bytes or operations a second. */
  public record BlockIo(
      Optional<Integer> weight,
      List<Limit> weights,
      List<Limit> readBytes,
      List<Limit> writeBytes,
      List<Limit> readOperations,
      List<Limit> writeOperations) {
    public static final BlockIo NONE =
        new BlockIo(Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());

    public BlockIo {
      Objects.requireNonNull(weight, "weight");
      weights = List.copyOf(weights);
      readBytes = List.copyOf(readBytes);
      writeBytes = List.copyOf(writeBytes);
      readOperations = List.copyOf(readOperations);
      writeOperations = List.copyOf(writeOperations);
    }
  }

  /** What holds for one device. */
  public record Limit(int major, int minor, long value) {}

  /**
   * A rule of the device cgroup that allows something; all else is denied.
   *
   * @param type {@code c} or {@code b}
   * @param major empty for all
   * @param minor empty for all
   * @param access of {@code rwm}
   */
  public record DeviceRule(
      String type, Optional<Integer> major, Optional<Integer> minor, String access) {
    public DeviceRule {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(major, "major");
      Objects.requireNonNull(minor, "minor");
      Objects.requireNonNull(access, "access");
    }

    /** Making nodes of a type. */
    public static DeviceRule making(String type) {
      return new DeviceRule(type, Optional.empty(), Optional.empty(), "m");
    }
  }

  public Resources {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(blockIo, "blockIo");
    Objects.requireNonNull(pidsLimit, "pidsLimit");
    devices = List.copyOf(devices);
  }
}
