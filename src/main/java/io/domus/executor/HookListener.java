// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.domain.HookPhase;
import java.nio.file.Path;

/** Hears of hooks that failed where that stops nothing. */
@FunctionalInterface
public interface HookListener {
  /** Nobody wants to hear of them. */
  HookListener NONE = (domain, hook, phase, why) -> {};

  void failed(String domain, Path hook, HookPhase phase, String why);
}
