// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The two files in which tools for Podman's checkpoints look for what a checkpoint is of.
 *
 * @param rootfs the image or directory that the domain runs from, as its definition names it
 * @param runtime such as {@code crun}
 */
public record PodmanNames(
    String domain, UUID uuid, String rootfs, String runtime, Instant created) {
  public static final String CONFIG = "config.dump";
  public static final String SPEC = "spec.dump";

  public PodmanNames {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(rootfs, "rootfs");
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(created, "created");
  }

  /** What goes into {@link #CONFIG}. */
  public String config() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", id());
    tree.put("name", domain);
    tree.put("rootfsImageName", rootfs);
    tree.put("runtime", runtime);
    tree.put("createdTime", created.toString());
    return JSON.std.asString(tree);
  }

  /** What goes into {@link #SPEC}. */
  public String spec() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ociVersion", "1.0.0");
    tree.put("hostname", domain);
    tree.put("annotations", Map.of("io.container.manager", "libpod"));
    return JSON.std.asString(tree);
  }

  /** Tools cut it to twelve characters and expect as many as there are in a SHA-256. */
  private String id() {
    String digits = uuid.toString().replace("-", "");
    return digits + digits;
  }
}
