// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.executor.NamespaceRunner;
import io.domus.executor.PlanExecutor;
import io.domus.kernel.NamespaceThread;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers that are merged into one show, upon whatever they lie, what they showed one upon another.
 * The kernel says what that is.
 */
class MergedLayersIT {
  /** Each in so many histories of its own. */
  private static final int SEEDS = 8;

  private static final int HISTORIES = 12;
  private static final Note NOTE = Note.of("a test");
  private static final Map<String, String> OPTIONS =
      Map.of("redirect_dir", "follow", "metacopy", "off", "index", "off");

  @RegisterExtension final Site site = new Site();

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void showWhatTheyShowed(int seed) throws Exception {
    Random random = new Random(seed);
    PlanExecutor executor = site.driver().machinery(NamespaceRunner.HERE).executor();
    new NamespaceThread(Site.SYSCALLS)
        .<Void, Exception>inNew(
            () -> {
              for (int history = 0; history < HISTORIES; history++) {
                oneHistory(executor, random, seed + "/" + history);
              }
              return null;
            });
  }

  /** Some layers at the bottom, then those that are merged, then some above. */
  private void oneHistory(PlanExecutor executor, Random random, String name) throws Exception {
    List<Path> layers = new ArrayList<>();
    TreeView beneath = TreeView.of(site.empty(name + "/empty"));
    int bottom = 1 + random.nextInt(2);
    int merged = 2 + random.nextInt(3);
    int count = bottom + merged + random.nextInt(2);
    for (int number = 0; number < count; number++) {
      Path layer = site.empty(name + "/" + number);
      new LayerGenerator(random, layer, beneath).fill();
      beneath = beneath.under(TreeView.of(layer));
      layers.addFirst(layer);
    }
    List<Path> run = layers.subList(count - bottom - merged, count - bottom);
    Path one = site.path(name + "/merged");
    executor.runToTheEnd(List.of(new Step.MergeLayers(run, one, false, NOTE)));
    List<Path> after = new ArrayList<>(layers.subList(0, count - bottom - merged));
    after.add(one);
    after.addAll(layers.subList(count - bottom, count));
    TreeView before = look(executor, layers, site.empty(name + "/before"));
    assertEquals(
        List.of(),
        before.differences(look(executor, after, site.empty(name + "/after"))),
        () -> "one upon another | merged, history " + name);
  }

  /** Taken out of the layers, by reference, the tree is what overlayfs shows of it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void areCopiedAsTheyShow(int seed) throws Exception {
    Random random = new Random(100 + seed);
    PlanExecutor executor = site.driver().machinery(NamespaceRunner.HERE).executor();
    new NamespaceThread(Site.SYSCALLS)
        .<Void, Exception>inNew(
            () -> {
              for (int history = 0; history < HISTORIES; history++) {
                oneCopy(executor, random, seed + "/" + history);
              }
              return null;
            });
  }

  private void oneCopy(PlanExecutor executor, Random random, String name) throws Exception {
    List<Path> layers = new ArrayList<>();
    TreeView beneath = TreeView.of(site.empty(name + "/empty"));
    int count = 2 + random.nextInt(4);
    for (int number = 0; number < count; number++) {
      Path layer = site.empty(name + "/" + number);
      new LayerGenerator(random, layer, beneath).fill();
      beneath = beneath.under(TreeView.of(layer));
      layers.addFirst(layer);
    }
    Path target = site.empty(name + "/view");
    MountSpec overlay =
        new MountSpec.Overlay(layers, Optional.empty(), OPTIONS, MountFlags.READONLY);
    Path seen = site.path(name + "/seen");
    Path taken = site.path(name + "/taken");
    executor.runToTheEnd(
        List.of(
            new Step.MountFilesystem(overlay, target, Optional.empty(), NOTE),
            Step.CopyTree.within(target, seen, NOTE),
            Step.CopyTree.within(target, layers, taken, NOTE),
            new Step.UnmountFilesystem(target, NOTE)));
    assertEquals(
        "",
        TreeDigest.difference(TreeDigest.of(seen), TreeDigest.of(taken)),
        () -> "as it shows | as it was taken, history " + name);
  }

  private static TreeView look(PlanExecutor executor, List<Path> layers, Path target)
      throws Exception {
    MountSpec overlay =
        new MountSpec.Overlay(layers, Optional.empty(), OPTIONS, MountFlags.READONLY);
    Step mount = new Step.MountFilesystem(overlay, target, Optional.empty(), NOTE);
    executor.runToTheEnd(List.of(mount));
    try {
      return withoutRoot(TreeView.of(target));
    } finally {
      executor.runToTheEnd(List.of(new Step.UnmountFilesystem(target, NOTE)));
    }
  }

  /** The root is that of the upper directory, which has none of a layer's attributes. */
  private static TreeView withoutRoot(TreeView view) {
    view.entries().remove("");
    return view;
  }
}
