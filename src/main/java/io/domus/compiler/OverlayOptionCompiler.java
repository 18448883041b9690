// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Origin;
import io.domus.domain.OverlayOptions;
import io.domus.domain.OverlayOptions.Name;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of an overlay: every one is said that a host may have another default for. */
final class OverlayOptionCompiler {
  private final Draft draft;

  OverlayOptionCompiler(Draft draft) {
    this.draft = draft;
  }

  /**
   * @param metacopy true if a layer holds metadata-only files
   * @throws ConfigUnsupportedException if the kernel does not take those asked for together
   */
  Map<String, String> options(
      OverlayOptions asked, boolean writable, boolean metacopy, Origin origin) {
    boolean userxattr = asked.on(Name.USERXATTR);
    String redirect = asked.value(Name.REDIRECT_DIR, "on");
    boolean possible = redirect.equals("on") || (!writable && redirect.equals("follow"));
    boolean needed = metacopy && !userxattr && possible;
    String copied = asked.value(Name.METACOPY, needed ? "on" : "off");
    boolean copies = copied.equals("on");
    redirect = asked.value(Name.REDIRECT_DIR, userxattr ? "nofollow" : copies ? "on" : "follow");
    if (userxattr && (copies || !redirect.equals("nofollow"))) {
      throw refused("userxattr=on", copies ? "metacopy=on" : "redirect_dir=" + redirect, origin);
    }
    if (copies && !possible) {
      throw refused("metacopy=on", "redirect_dir=" + redirect, origin);
    }
    if (needed && copies) {
      draft.because("a layer holds metadata-only files: metacopy=on, redirect_dir=" + redirect);
    }
    Map<String, String> options = new LinkedHashMap<>();
    options.put("redirect_dir", redirect);
    options.put("metacopy", copied);
    options.put("index", asked.value(Name.INDEX, "off"));
    options.put("nfs_export", "off");
    options.put("xino", asked.value(Name.XINO, "off"));
    if (writable && asked.on(Name.VOLATILE)) {
      options.put("volatile", "on");
    }
    if (userxattr) {
      options.put("userxattr", "on");
    }
    return options;
  }

  private static ConfigUnsupportedException refused(String one, String other, Origin origin) {
    return new ConfigUnsupportedException(
        "overlayfs does not take %s with %s (%s)".formatted(one, other, origin));
  }
}
