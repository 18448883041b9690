// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.SharedNamespaces;
import io.domus.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The namespaces of a guest: its own, but for those it shares. */
final class NamespaceCompiler {
  private NamespaceCompiler() {}

  static List<RuntimeSpec.Namespace> compile(DomainDef domain, Draft draft) {
    SharedNamespaces shared = domain.shared();
    List<RuntimeSpec.Namespace> namespaces = new ArrayList<>();
    namespaces.add(own("pid"));
    namespaces.add(own("mount"));
    namespaces.add(namespace(draft, "uts", "uts", shared.uts()));
    namespaces.add(namespace(draft, "ipc", "ipc", shared.ipc()));
    namespaces.add(own("cgroup"));
    namespaces.add(namespace(draft, "network", "net", shared.network()));
    if (domain.idmap().present()) {
      namespaces.add(own("user"));
    }
    return namespaces;
  }

  private static RuntimeSpec.Namespace own(String type) {
    return new RuntimeSpec.Namespace(type, Optional.empty());
  }

  private static RuntimeSpec.Namespace namespace(
      Draft draft, String type, String file, Optional<SharedNamespaces.Peer> peer) {
    return new RuntimeSpec.Namespace(type, peer.map(present -> path(draft, file, present)));
  }

  private static Path path(Draft draft, String file, SharedNamespaces.Peer peer) {
    Optional<Path> known = peer.file(file);
    if (known.isPresent()) {
      SourceCheck.namespace(draft, known.get(), peer.origin());
      return known.get();
    }
    Integer init = draft.facts().peers().get(peer.value());
    if (init == null) {
      draft.warn(
          "domain '" + peer.value() + "' is not running: assumed to be process 1", peer.origin());
    }
    return Path.of("/proc", init == null ? "1" : init.toString(), "ns", file);
  }
}
