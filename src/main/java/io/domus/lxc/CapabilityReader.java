// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.NearestName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Capabilities: LXC drops what is named, or keeps nothing but what is named. */
final class CapabilityReader {
  /** Those that the domain XML has no element for, by their numbers. */
  private static final Map<String, Integer> NAMELESS =
      Map.of("audit_read", 37, "perfmon", 38, "bpf", 39, "checkpoint_restore", 40);

  private final Settings settings;
  private final Report report;

  CapabilityReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  CapabilityPolicy read() {
    List<Setting> drops = settings.all("lxc.cap.drop");
    List<Setting> keeps = settings.all("lxc.cap.keep");
    if (drops.isEmpty() && keeps.isEmpty()) {
      report.note(
          "lxc.cap.drop is not set: the guest keeps all capabilities, as in LXC; without"
              + " <capabilities> it would have Domus's default ones");
      return new CapabilityPolicy(CapabilityPolicy.Base.ALLOW, Map.of());
    }
    boolean keep =
        drops.isEmpty()
            || (!keeps.isEmpty() && keeps.getFirst().order() < drops.getFirst().order());
    for (Setting other : keep ? drops : keeps) {
      report.lost(other, "LXC takes lxc.cap.drop or lxc.cap.keep, not both; the first one counts");
    }
    Map<Capability, Boolean> states = new EnumMap<>(Capability.class);
    for (Setting setting : keep ? keeps : drops) {
      Values.words(setting.value()).forEach(word -> word(setting, word, keep, states));
    }
    return new CapabilityPolicy(
        keep ? CapabilityPolicy.Base.DENY : CapabilityPolicy.Base.ALLOW, states);
  }

  private void word(Setting setting, String word, boolean keep, Map<Capability, Boolean> states) {
    if (word.equals("none")) {
      if (keep) {
        states.clear();
      } else {
        report.lost(setting, word, "is a word of lxc.cap.keep alone");
      }
      return;
    }
    OptionalLong number = Values.whole(word);
    Optional<Capability> found =
        Arrays.stream(Capability.values())
            .filter(
                each ->
                    each.xmlName().equals(word)
                        || (number.isPresent() && number.getAsLong() == each.number()))
            .findFirst();
    if (found.isPresent()) {
      states.put(found.get(), keep);
    } else if (isNameless(word, number)) {
      if (keep) {
        report.lost(setting, word, "no guest keeps it: the domain XML has no name for it");
      } else {
        report.note(setting, "capability '" + word + "' is never kept");
      }
    } else {
      report.lost(setting, word, "no such capability" + hint(word));
    }
  }

  private static boolean isNameless(String word, OptionalLong number) {
    return NAMELESS.containsKey(word)
        || (number.isPresent() && NAMELESS.containsValue((int) number.getAsLong()));
  }

  private static String hint(String word) {
    List<String> names = Arrays.stream(Capability.values()).map(Capability::xmlName).toList();
    String bare = word.toLowerCase(java.util.Locale.ROOT).replaceFirst("^cap_", "");
    return NearestName.of(bare, names).map(near -> ", did you mean '" + near + "'?").orElse("");
  }
}
