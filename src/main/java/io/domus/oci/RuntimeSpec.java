// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The part of {@code config.json} that Domus uses. */
public record RuntimeSpec(
    GuestProcess process, Root root, String hostname, List<OciMount> mounts, LinuxPart linux) {

  /** What runs. */
  public record GuestProcess(
      boolean terminal,
      long uid,
      long gid,
      List<String> args,
      List<String> env,
      String cwd,
      List<String> capabilities,
      boolean noNewPrivileges) {
    public GuestProcess {
      args = List.copyOf(args);
      env = List.copyOf(env);
      Objects.requireNonNull(cwd, "cwd");
      capabilities = List.copyOf(capabilities);
    }
  }

  /** The root filesystem, prepared before the runtime starts. */
  public record Root(Path path, boolean readonly) {}

  /** An id range of a user namespace. */
  public record IdMapping(long containerId, long hostId, long size) {}

  /**
   * Limits.
   *
   * @param memoryLimit bytes
   * @param cpuPeriod microseconds
   * @param cpuQuota microseconds of each period, empty for no limit
   */
  public record Resources(
      long memoryLimit,
      long cpuPeriod,
      Optional<Long> cpuQuota,
      long pidsLimit,
      boolean allowMknod) {
    public Resources {
      Objects.requireNonNull(cpuQuota, "cpuQuota");
    }
  }

  /** What only Linux has. */
  public record LinuxPart(
      List<String> namespaces,
      List<IdMapping> uidMappings,
      List<IdMapping> gidMappings,
      String cgroupsPath,
      Resources resources,
      SeccompProfile seccomp,
      List<String> maskedPaths,
      List<String> readonlyPaths,
      Optional<String> personality) {
    public LinuxPart {
      namespaces = List.copyOf(namespaces);
      uidMappings = List.copyOf(uidMappings);
      gidMappings = List.copyOf(gidMappings);
      Objects.requireNonNull(cgroupsPath, "cgroupsPath");
      Objects.requireNonNull(resources, "resources");
      Objects.requireNonNull(seccomp, "seccomp");
      maskedPaths = List.copyOf(maskedPaths);
      readonlyPaths = List.copyOf(readonlyPaths);
      Objects.requireNonNull(personality, "personality");
    }
  }

  public RuntimeSpec {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(hostname, "hostname");
    mounts = List.copyOf(mounts);
    Objects.requireNonNull(linux, "linux");
  }
}
