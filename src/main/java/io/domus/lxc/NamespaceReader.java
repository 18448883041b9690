// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.DomainDef;
import io.domus.domain.SharedNamespaces.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Namespaces of others: those of domains and processes by {@code share}, those of whoever starts
 * the guest, which are the host's, by {@code keep} and by what {@code clone} leaves out.
 */
final class NamespaceReader {
  /** The host's first process, whose namespaces are the host's. */
  static final String HOST = "1";

  private static final List<String> SHAREABLE = List.of("net", "ipc", "uts");
  private static final Set<String> OTHERS = Set.of("cgroup", "mnt", "pid", "time", "user");
  private static final Map<String, String> SYNONYMS =
      Map.of("mount", "mnt", "network", "net", "utsname", "uts");

  /** A namespace and where it is said to be another's. */
  record Shared(Peer peer, Setting setting) {}

  private final Settings settings;
  private final Report report;
  private final String name;
  private final Map<String, Shared> shared = new LinkedHashMap<>();

  /**
   * @param name of the domain
   */
  NamespaceReader(Settings settings, Report report, String name) {
    this.settings = settings;
    this.report = report;
    this.name = name;
  }

  /**
   * By {@code net}, {@code ipc} and {@code uts}.
   *
   * @param mapped whether the guest has a user namespace, which keeps it from joining others
   */
  Map<String, Shared> read(boolean mapped) {
    keep();
    create();
    for (String type : SHAREABLE) {
      settings.one("lxc.namespace.share." + type).ifPresent(setting -> share(type, setting));
    }
    if (mapped) {
      shared
          .values()
          .forEach(
              each ->
                  report.lost(
                      each.setting(), "a guest with lxc.idmap joins no namespace of others"));
      shared.clear();
    }
    return shared;
  }

  private void keep() {
    for (Setting setting : settings.all("lxc.namespace.keep")) {
      for (String word : Values.words(setting.value())) {
        host(SYNONYMS.getOrDefault(word, word), setting, word);
      }
    }
  }

  /** What is not named there stays the host's. */
  private void create() {
    List<Setting> given = settings.all("lxc.namespace.clone");
    if (given.isEmpty()) {
      return;
    }
    Set<String> created = new TreeSet<>();
    for (Setting setting : given) {
      for (String word : Values.words(setting.value())) {
        String type = SYNONYMS.getOrDefault(word, word);
        created.add(type);
        if (!SHAREABLE.contains(type) && !OTHERS.contains(type)) {
          report.lost(setting, word, "no such namespace");
        }
      }
    }
    for (String type : List.of("net", "ipc", "uts", "mnt", "pid", "cgroup")) {
      if (!created.contains(type)) {
        host(type, given.getLast(), "no " + type);
      }
    }
    report.note(given.getLast(), "the namespaces that are not named here are the host's");
  }

  private void host(String type, Setting setting, String word) {
    if (SHAREABLE.contains(type)) {
      shared.put(type, new Shared(new Peer(Peer.Kind.PID, HOST, setting.at()), setting));
    } else if (OTHERS.contains(type)) {
      report.lost(setting, word, "a guest always has a namespace of its own for this");
    } else {
      report.lost(setting, word, "no such namespace");
    }
  }

  private void share(String type, Setting setting) {
    String value = setting.value();
    if (value.matches("[1-9][0-9]{0,9}")) {
      shared.put(type, new Shared(new Peer(Peer.Kind.PID, value, setting.at()), setting));
      return;
    }
    String other = value.startsWith("/") ? PathText.fileName(value) : value;
    if (!DomainDef.isName(other) || other.equals(name)) {
      report.lost(setting, "expected the id of a process or the name of another container");
      return;
    }
    if (value.startsWith("/")) {
      report.note(setting, "the other domain is taken to be called '" + other + "'");
    }
    shared.put(type, new Shared(new Peer(Peer.Kind.NAME, other, setting.at()), setting));
  }

  static Optional<Peer> peer(Map<String, Shared> shared, String type) {
    return Optional.ofNullable(shared.get(type)).map(Shared::peer);
  }
}
