// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.GuestPath;
import io.domus.domain.Origin;
import io.domus.domain.OsDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What runs in the guest, as whom and with which environment. */
final class OsReader {
  static final String DEFAULT_INIT = "/sbin/init";

  private static final long HIGHEST_ID = 0xFFFF_FFFEL;

  private final Settings settings;
  private final Report report;

  OsReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  OsDef read() {
    Optional<Setting> init = settings.one("lxc.init.cmd");
    Optional<Setting> execute = settings.one("lxc.execute.cmd");
    if (init.isPresent()) {
      execute.ifPresent(
          setting -> report.lost(setting, "a domain has one command, that of lxc.init.cmd"));
    } else {
      execute.ifPresent(
          setting -> report.note(setting, "the command of lxc-execute is the domain's init"));
    }
    Optional<Setting> chosen = init.or(() -> execute);
    List<String> command = chosen.map(this::command).orElse(List.of(DEFAULT_INIT));
    Optional<Long> uid = id("lxc.init.uid");
    Optional<Long> gid = id("lxc.init.gid");
    boolean root = uid.orElse(0L) == 0 && gid.orElse(0L) == 0;
    return new OsDef(
        new ArchitectureReader(settings, report).read(),
        command.getFirst(),
        chosen.map(Setting::at).orElse(Origin.NONE),
        command.subList(1, command.size()),
        environment(),
        directory(),
        root ? Optional.empty() : Optional.of("+" + uid.orElse(0L)),
        root ? Optional.empty() : Optional.of("+" + gid.orElse(0L)),
        Optional.empty());
  }

  private List<String> command(Setting setting) {
    List<String> words = new java.util.ArrayList<>(Values.command(setting.value()));
    Optional<GuestPath> program =
        words.isEmpty() || !words.getFirst().startsWith("/")
            ? Optional.empty()
            : PathText.guest(words.getFirst());
    if (program.isEmpty() || program.get().isRoot()) {
      report.lost(
          setting, "expected a command that begins with an absolute path; init is " + DEFAULT_INIT);
      return List.of(DEFAULT_INIT);
    }
    words.set(0, program.get().value());
    return words;
  }

  private Optional<Long> id(String key) {
    Optional<Setting> setting = settings.one(key);
    OptionalLong number =
        setting
            .map(found -> Values.whole(found.value(), 0, HIGHEST_ID))
            .orElse(OptionalLong.empty());
    if (number.isEmpty()) {
      setting.ifPresent(found -> report.lost(found, "no number from 0 to " + HIGHEST_ID));
      return Optional.empty();
    }
    return Optional.of(number.getAsLong());
  }

  private Map<String, String> environment() {
    Map<String, Setting> last = new LinkedHashMap<>();
    for (String key : List.of("lxc.environment", "lxc.environment.runtime")) {
      for (Setting setting : settings.all(key)) {
        int equals = setting.value().indexOf('=');
        if (equals < 0) {
          report.lost(setting, "a domain takes no variables from whoever starts it");
        } else if (equals == 0) {
          report.lost(setting, "there is no name before the '='");
        } else {
          Setting earlier = last.put(setting.value().substring(0, equals), setting);
          if (earlier != null) {
            report.lost(earlier, "replaced in " + setting.at());
          }
        }
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    last.forEach(
        (name, setting) -> environment.put(name, setting.value().substring(name.length() + 1)));
    return environment;
  }

  private Optional<GuestPath> directory() {
    Optional<Setting> setting = settings.one("lxc.init.cwd");
    Optional<GuestPath> path =
        setting
            .filter(found -> found.value().startsWith("/"))
            .map(Setting::value)
            .flatMap(PathText::guest);
    if (path.isEmpty()) {
      setting.ifPresent(found -> report.lost(found, "expected an absolute path without '..'"));
    }
    return path;
  }
}
