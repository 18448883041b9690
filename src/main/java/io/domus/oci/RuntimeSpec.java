// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The part of {@code config.json} that Domus uses.
 *
 * @param hostname empty if the name is not the guest's own
 */
public record RuntimeSpec(
    GuestProcess process,
    Root root,
    Optional<String> hostname,
    List<OciMount> mounts,
    LinuxPart linux) {

  /** What runs. */
  public record GuestProcess(
      boolean terminal,
      long uid,
      long gid,
      List<String> args,
      List<String> env,
      String cwd,
      List<String> capabilities,
      boolean noNewPrivileges,
      Optional<String> selinuxLabel,
      Optional<String> apparmorProfile) {
    public GuestProcess {
      args = List.copyOf(args);
      env = List.copyOf(env);
      Objects.requireNonNull(cwd, "cwd");
      capabilities = List.copyOf(capabilities);
      Objects.requireNonNull(selinuxLabel, "selinuxLabel");
      Objects.requireNonNull(apparmorProfile, "apparmorProfile");
    }

    GuestProcess withoutTerminal() {
      return new GuestProcess(
          false,
          uid,
          gid,
          args,
          env,
          cwd,
          capabilities,
          noNewPrivileges,
          selinuxLabel,
          apparmorProfile);
    }
  }

  /** The root filesystem, prepared before the runtime starts. */
  public record Root(Path path, boolean readonly) {}

  /** An id range of a user namespace. */
  public record IdMapping(long containerId, long hostId, long size) {}

  /**
   * A namespace of the guest.
   *
   * @param path whose it is, empty for a new one
   */
  public record Namespace(String type, Optional<Path> path) {
    public Namespace {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * A device node that the runtime makes.
   *
   * @param path in the guest
   * @param type {@code c} or {@code b}
   */
  public record DeviceNode(String path, String type, int major, int minor) {
    public DeviceNode {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(type, "type");
    }
  }

  /**
   * What only Linux has.
   *
   * @param resources empty where nothing can be limited
   */
  public record LinuxPart(
      List<Namespace> namespaces,
      List<IdMapping> uidMappings,
      List<IdMapping> gidMappings,
      String cgroupsPath,
      Optional<Resources> resources,
      List<DeviceNode> devices,
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
      devices = List.copyOf(devices);
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

  public RuntimeSpec withRoot(Root other) {
    return new RuntimeSpec(process, other, hostname, mounts, linux);
  }

  /** With the streams of whoever runs it. */
  public RuntimeSpec withoutTerminal() {
    return new RuntimeSpec(process.withoutTerminal(), root, hostname, mounts, linux);
  }
}
