// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Origin;
import java.nio.file.Path;

/** A plan for people: a line a step, with what it is for, where it was asked for, and its undo. */
public final class PlanText {
  private PlanText() {}

  public static String render(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("plan: ").append(plan.operation().text()).append(" domain '");
    out.append(plan.domain()).append("', ").append(plan.steps().size()).append(" steps\n");
    out.append("root filesystem: ").append(plan.strategy().rootfs().text()).append('\n');
    plan.strategy().why().forEach(reason -> out.append("  because ").append(reason).append('\n'));
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      out.append(String.format("%3d  %s%n", number, StepPhrase.of(step)));
      detail(out, step);
      out.append("       for: ").append(step.note().purpose());
      Origin origin = step.note().origin();
      if (origin.known()) {
        out.append(" (").append(origin).append(')');
      }
      out.append('\n');
      undo(out, step.undo());
    }
    return out.toString();
  }

  private static void detail(StringBuilder out, Step step) {
    if (!(step instanceof Step.MountFilesystem mount)) {
      return;
    }
    switch (mount.spec()) {
      case MountSpec.Overlay overlay -> {
        overlay.writable().ifPresent(writable -> line(out, "upper", writable.upper()));
        overlay.writable().ifPresent(writable -> line(out, "work", writable.work()));
        overlay.lowers().forEach(lower -> line(out, "lower", lower));
        out.append("       options ").append(String.join(",", overlay.optionWords())).append('\n');
      }
      case MountSpec.Bind bind ->
          line(out, bind.recursive() ? "source (recursive)" : "source", bind.source());
      case MountSpec.GuestBind bind ->
          out.append("       source ")
              .append(bind.path())
              .append(" in ")
              .append(bind.base())
              .append('\n');
      case MountSpec.Tmpfs tmpfs -> out.append("       size ").append(tmpfs.bytes()).append('\n');
      case MountSpec.Device device -> line(out, "device", device.device());
    }
    out.append("       flags ").append(String.join(",", mount.spec().flags().words())).append('\n');
    mount.label().ifPresent(label -> line(out, "label", label));
  }

  private static void line(StringBuilder out, String name, Path value) {
    out.append("       ").append(name).append(' ').append(value).append('\n');
  }

  private static void undo(StringBuilder out, Undo undo) {
    switch (undo) {
      case Undo.By by ->
          by.steps()
              .forEach(
                  step -> out.append("       undo: ").append(StepPhrase.of(step)).append('\n'));
      case Undo.Nothing _ -> {}
      case Undo.Impossible impossible ->
          out.append("       undo: impossible, ").append(impossible.reason()).append('\n');
    }
  }
}
