// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlattenCompilerTest {
  private static final Path STORE = Path.of("/layers");
  private static final UpperLayers.Marks MARKS = new UpperLayers.Marks(true, false, false);

  /** Runs that become layers, and what is recorded beneath an upper directory before and after. */
  @ParameterizedTest
  @CsvSource({
    "2 1=a,         2 1,         a",
    "2 1=a,         3 2 1,       3 a",
    "2 1=a,         3 2 1 0,     3 a 0",
    "2 1=a,         1,           1",
    "2 1=a,         3 2,         3 2",
    // Not next to one another there: somebody else's matter.
    "2 1=a,         2 3 1,       2 3 1",
    "2 1=a,         1 2,         1 2",
    "5 4=a 2 1=b,   5 4 3 2 1,   a 3 b",
    "5 4=a 2 1=b,   3 2 1,       3 b",
    "4 3 2=a,       5 4 3 2 1 0, 5 a 1 0"
  })
  void runsAreReplaced(String runs, String before, String after) {
    Plan plan = FlattenCompiler.compile(order(runs, before, List.of()));
    List<Step.RecordLayers> records =
        plan.steps().stream()
            .filter(Step.RecordLayers.class::isInstance)
            .map(Step.RecordLayers.class::cast)
            .toList();
    assertEquals(1, records.size());
    assertEquals(
        after,
        records.getFirst().layers().layers().stream()
            .map(layer -> layer.id().substring(0, 1))
            .collect(Collectors.joining(" ")));
    assertEquals(MARKS, records.getFirst().layers().marks());
  }

  /** Nothing goes before all that replaces it is there, and none of what goes can come back. */
  @Test
  void removesAtTheEnd() {
    Plan plan = FlattenCompiler.compile(order("2 1=a", "3 2 1", List.of(layer("2"), layer("1"))));
    int commit = -1;
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.steps().get(number);
      if (step instanceof Step.Commit) {
        commit = number;
      }
      boolean removes = step instanceof Step.RemoveCopy || step instanceof Step.RemoveFile;
      assertEquals(removes, removes && commit >= 0, step + " before the commit");
    }
    assertTrue(commit > 0);
    List<Step> rest = plan.steps().subList(commit + 1, plan.steps().size());
    assertEquals(
        List.of("/layers/222222222222/diff", "/layers/111111111111/diff"),
        rest.stream()
            .filter(Step.RemoveCopy.class::isInstance)
            .map(step -> ((Step.RemoveCopy) step).tree().toString())
            .toList());
  }

  /** What was recorded under another name is kept, or goes when the new record stands. */
  @Test
  void recordsOfMovedDirectories() {
    FlattenOrder order = order("2 1=a", "2 1", List.of());
    FlattenOrder.Record record = order.records().getFirst();
    Path kept = Path.of("/uppers/kept.json");
    Path former = Path.of("/uppers/former.json");
    Plan plan =
        FlattenCompiler.compile(
            new FlattenOrder(
                "web",
                order.runs(),
                List.of(
                    new FlattenOrder.Record(
                        record.upper(),
                        record.layers(),
                        record.file(),
                        Optional.empty(),
                        Optional.of(kept),
                        Optional.of(former))),
                List.of()));
    List<Step> steps = plan.steps();
    int recorded = position(steps, Step.RecordLayers.class);
    Step.MoveIntoPlace move = assertInstanceOf(Step.MoveIntoPlace.class, steps.get(recorded - 1));
    assertEquals(record.file() + " -> " + kept, move.from() + " -> " + move.to());
    Step.RemoveFile removal = assertInstanceOf(Step.RemoveFile.class, steps.getLast());
    assertEquals(former, removal.file());
    assertEquals(recorded + 1, position(steps, Step.Commit.class));
  }

  private static int position(List<Step> steps, Class<? extends Step> kind) {
    return steps.indexOf(steps.stream().filter(kind::isInstance).findFirst().orElseThrow());
  }

  private static FlattenOrder order(String runs, String before, List<SealedLayer> unused) {
    List<FlattenOrder.Run> all = new ArrayList<>();
    for (String run : runs.split("(?<==[a-z]) ")) {
      String[] parts = run.split("=", 2);
      SealedLayer merged = layer(parts[1]);
      all.add(new FlattenOrder.Run(layers(parts[0]), MARKS, merged, description(merged), "{}"));
    }
    Path upper = Path.of("/upper");
    return new FlattenOrder(
        "web",
        all,
        List.of(
            new FlattenOrder.Record(
                upper,
                new UpperLayers(layers(before), MARKS),
                Path.of("/uppers/upper.json"),
                Optional.of("{}"),
                Optional.empty(),
                Optional.empty())),
        unused.stream().map(layer -> new FlattenOrder.Unused(layer, description(layer))).toList());
  }

  private static List<SealedLayer> layers(String text) {
    return Arrays.stream(text.strip().split(" ")).map(FlattenCompilerTest::layer).toList();
  }

  private static SealedLayer layer(String digit) {
    String id = digit.repeat(12);
    return new SealedLayer(id, STORE.resolve(id).resolve("diff"));
  }

  private static Path description(SealedLayer layer) {
    return STORE.resolve(layer.id()).resolve("layer.json");
  }
}
