// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code config.json}; the names are the OCI runtime-spec's. */
public final class RuntimeSpecJson {
  private static final String OCI_VERSION = "1.0.2";

  private RuntimeSpecJson() {}

  public static String write(RuntimeSpec spec) {
    try {
      return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree(spec)) + "\n";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, Object> tree(RuntimeSpec spec) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ociVersion", OCI_VERSION);
    tree.put("process", process(spec.process()));
    tree.put(
        "root", object("path", spec.root().path().toString(), "readonly", spec.root().readonly()));
    spec.hostname().ifPresent(name -> tree.put("hostname", name));
    tree.put("mounts", spec.mounts().stream().map(RuntimeSpecJson::mount).toList());
    tree.put("linux", linux(spec.linux()));
    return tree;
  }

  private static Map<String, Object> process(RuntimeSpec.GuestProcess process) {
    Map<String, Object> capabilities = new LinkedHashMap<>();
    // No inheritable set: a guest's unprivileged program must not gain one by executing a file.
    for (String set : List.of("bounding", "effective", "permitted")) {
      capabilities.put(set, process.capabilities());
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("terminal", process.terminal());
    tree.put("user", object("uid", process.uid(), "gid", process.gid()));
    tree.put("args", process.args());
    tree.put("env", process.env());
    tree.put("cwd", process.cwd());
    tree.put("capabilities", capabilities);
    tree.put("noNewPrivileges", process.noNewPrivileges());
    process.selinuxLabel().ifPresent(label -> tree.put("selinuxLabel", label));
    process.apparmorProfile().ifPresent(profile -> tree.put("apparmorProfile", profile));
    return tree;
  }

  private static Map<String, Object> mount(OciMount mount) {
    return object(
        "destination", mount.destination(),
        "type", mount.type(),
        "source", mount.source(),
        "options", mount.options());
  }

  private static Map<String, Object> linux(RuntimeSpec.LinuxPart linux) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("namespaces", linux.namespaces().stream().map(RuntimeSpecJson::namespace).toList());
    if (!linux.uidMappings().isEmpty()) {
      tree.put("uidMappings", linux.uidMappings().stream().map(RuntimeSpecJson::mapping).toList());
      tree.put("gidMappings", linux.gidMappings().stream().map(RuntimeSpecJson::mapping).toList());
    }
    tree.put("cgroupsPath", linux.cgroupsPath());
    if (!linux.devices().isEmpty()) {
      tree.put("devices", linux.devices().stream().map(RuntimeSpecJson::device).toList());
    }
    linux.resources().ifPresent(resources -> tree.put("resources", ResourcesJson.tree(resources)));
    tree.put(
        "seccomp",
        object(
            "defaultAction",
            "SCMP_ACT_ALLOW",
            "syscalls",
            List.of(
                object(
                    "names",
                    linux.seccomp().refused(),
                    "action",
                    "SCMP_ACT_ERRNO",
                    "errnoRet",
                    1))));
    tree.put("maskedPaths", linux.maskedPaths());
    tree.put("readonlyPaths", linux.readonlyPaths());
    linux.personality().ifPresent(domain -> tree.put("personality", object("domain", domain)));
    return tree;
  }

  private static Map<String, Object> mapping(RuntimeSpec.IdMapping mapping) {
    return object(
        "containerID", mapping.containerId(), "hostID", mapping.hostId(), "size", mapping.size());
  }

  private static Map<String, Object> namespace(RuntimeSpec.Namespace namespace) {
    Map<String, Object> tree = object("type", namespace.type());
    namespace.path().ifPresent(path -> tree.put("path", path.toString()));
    return tree;
  }

  private static Map<String, Object> device(RuntimeSpec.DeviceNode device) {
    return object(
        "path",
        device.path(),
        "type",
        device.type(),
        "major",
        device.major(),
        "minor",
        device.minor(),
        "fileMode",
        0660,
        "uid",
        0,
        "gid",
        0);
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      object.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return object;
  }
}
