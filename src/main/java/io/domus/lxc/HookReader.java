// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.ReadFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The scripts of {@code lxc.hook.pre-mount}: containers that lxc-start-ephemeral has made get their
 * layers from there.
 */
final class HookReader {
  private static final String KEY = "lxc.hook.pre-mount";

  private final Settings settings;
  private final LxcFiles files;
  private final Report report;
  private final String path;

  /**
   * @param path of the configuration
   */
  HookReader(Settings settings, LxcFiles files, Report report, String path) {
    this.settings = settings;
    this.files = files;
    this.report = report;
    this.path = path;
  }

  HookMounts read() {
    List<HookScript> scripts = new ArrayList<>();
    for (Setting hook : settings.all(KEY)) {
      if (!hook.value().matches("/\\S+")) {
        report.lost(hook, Unconverted.NO_HOOKS);
        continue;
      }
      try {
        List<String> lines = ConfigText.of(files.read(hook.value())).lines();
        scripts.add(HookScript.of(hook, lines, variables(), files));
      } catch (ReadFailedException unreadable) {
        report.lost(
            hook,
            Unconverted.NO_HOOKS + ", and this one may mount layers: " + unreadable.getMessage());
      }
    }
    return new HookMounts(scripts, report);
  }

  /** What LXC tells every hook. */
  private ScriptVariables variables() {
    return new ScriptVariables(
        Map.of(
            "LXC_NAME",
            NameReader.ofPath(path),
            "LXC_CONFIG_FILE",
            path,
            "LXC_ROOTFS_PATH",
            settings.peek("lxc.rootfs.path").map(Setting::value).orElse("")));
  }
}
