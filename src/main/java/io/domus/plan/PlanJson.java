// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan for programs. A stable interface: see the README. */
public final class PlanJson {
  private PlanJson() {}

  public static String render(Plan plan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    String subject = plan.operation().subject();
    tree.put(subject, plan.domain());
    tree.put("op", plan.operation().text());
    if (subject.equals("domain")) {
      Map<String, Object> strategy = new LinkedHashMap<>();
      strategy.put("rootfs", plan.strategy().rootfs().text());
      strategy.put("why", plan.strategy().why());
      tree.put("strategy", strategy);
    }
    List<Object> steps = new ArrayList<>();
    for (Step step : plan.steps()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("n", steps.size() + 1);
      entry.putAll(StepJson.tree(step));
      entry.put("undo", StepJson.undo(step.undo()));
      steps.add(entry);
    }
    tree.put("steps", steps);
    tree.put("warnings", plan.warnings().stream().map(PlanJson::warning).toList());
    try {
      return JSON.std
              .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
              .asString(tree)
          + "\n";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, Object> warning(Warning warning) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", warning.text());
    if (warning.origin().known()) {
      tree.put("origin", warning.origin().toString());
    }
    return tree;
  }
}
