// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Origin;

/** A plan for people: a line a step, with what it is for, where it was asked for, and its undo. */
public final class PlanText {
  private PlanText() {}

  public static String render(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("plan: ").append(plan.operation().text());
    String subject = plan.operation().subject() + " '" + plan.domain() + "'";
    out.append(' ').append(plan.operation() == Operation.PRUNE ? "layers" : subject);
    out.append(", ").append(plan.steps().size()).append(" steps\n");
    if (plan.operation() == Operation.START || plan.operation() == Operation.RESTORE) {
      strategy(out, plan.strategy());
    }
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      out.append(" ".repeat(3 - Math.min(3, Integer.toString(number).length())));
      out.append(number).append("  ").append(StepPhrase.of(step)).append('\n');
      detail(out, step);
      out.append("       for: ").append(OneLine.of(step.note().purpose()));
      Origin origin = step.note().origin();
      if (origin.known()) {
        out.append(" (").append(OneLine.of(origin.toString())).append(')');
      }
      out.append('\n');
      undo(out, step.undo());
    }
    return out.toString();
  }

  private static void strategy(StringBuilder out, Strategy strategy) {
    out.append("root filesystem: ").append(strategy.rootfs().text()).append('\n');
    strategy
        .why()
        .forEach(reason -> out.append("  because ").append(OneLine.of(reason)).append('\n'));
  }

  private static void detail(StringBuilder out, Step step) {
    if (step instanceof Step.CopyTree copy) {
      copy.layers().forEach(layer -> line(out, "layer", layer));
    }
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
      case MountSpec.Bind bind -> {
        line(out, bind.recursive() ? "source (recursive)" : "source", bind.source());
        ids(out, bind.ids());
      }
      case MountSpec.GuestBind bind -> {
        line(out, "guest path", bind.path());
        line(out, "in", bind.base());
      }
      case MountSpec.Tmpfs tmpfs -> {
        out.append("       size ").append(tmpfs.bytes()).append('\n');
        if (tmpfs.owner() != 0) {
          line(out, "owner", tmpfs.owner());
        }
      }
      case MountSpec.Device device -> {
        line(out, "device", device.device());
        ids(out, device.ids());
      }
    }
    out.append("       flags ").append(String.join(",", mount.spec().flags().words())).append('\n');
    mount.label().ifPresent(label -> line(out, "label", label));
  }

  private static void ids(StringBuilder out, ShownIds ids) {
    if (!ids.same()) {
      line(out, "ids", String.join(" ", ids.words()));
    }
  }

  private static void line(StringBuilder out, String name, Object value) {
    out.append("       ")
        .append(name)
        .append(' ')
        .append(OneLine.of(value.toString()))
        .append('\n');
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
