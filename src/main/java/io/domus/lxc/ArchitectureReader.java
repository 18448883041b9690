// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.Map;
import java.util.Optional;

/** The architecture by libvirt's names. */
final class ArchitectureReader {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("aarch64", "aarch64"),
          Map.entry("amd64", "x86_64"),
          Map.entry("arm", "armv7l"),
          Map.entry("arm64", "aarch64"),
          Map.entry("armel", "armv7l"),
          Map.entry("armhf", "armv7l"),
          Map.entry("armv7l", "armv7l"),
          Map.entry("athlon", "i686"),
          Map.entry("i386", "i686"),
          Map.entry("i486", "i686"),
          Map.entry("i586", "i686"),
          Map.entry("i686", "i686"),
          Map.entry("loong64", "loongarch64"),
          Map.entry("loongarch64", "loongarch64"),
          Map.entry("mips", "mips"),
          Map.entry("mips64", "mips64"),
          Map.entry("mips64el", "mips64el"),
          Map.entry("mipsel", "mipsel"),
          Map.entry("powerpc", "ppc"),
          Map.entry("powerpc64", "ppc64"),
          Map.entry("ppc", "ppc"),
          Map.entry("ppc64", "ppc64"),
          Map.entry("ppc64el", "ppc64le"),
          Map.entry("ppc64le", "ppc64le"),
          Map.entry("riscv64", "riscv64"),
          Map.entry("s390x", "s390x"),
          Map.entry("x86", "i686"),
          Map.entry("x86_64", "x86_64"));

  private final Settings settings;
  private final Report report;

  ArchitectureReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  Optional<String> read() {
    return settings.one("lxc.arch").flatMap(this::name);
  }

  static boolean isKnown(String name) {
    return NAMES.containsKey(name);
  }

  private Optional<String> name(Setting setting) {
    String text = setting.value();
    if (NAMES.containsKey(text)) {
      return Optional.of(NAMES.get(text));
    }
    if (text.equals("linux64")) {
      report.same(setting, "the architecture of a domain is the host's if none is named");
    } else if (text.equals("linux32") || text.equals("x32")) {
      report.lost(setting, "names no architecture; i686 or armv7l has the 32-bit personality");
    } else {
      report.lost(setting, "unknown architecture");
    }
    return Optional.empty();
  }
}
