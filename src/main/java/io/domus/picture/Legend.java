// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.List;
import java.util.Set;

/** Says what the colours of layers mean. */
final class Legend {
  static final int HEIGHT = 20;

  private Legend() {}

  /** What a colour stands for. */
  private record Entry(Tone tone, String text, int width) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(Tone.WRITTEN, "written by the guest", 190),
          new Entry(Tone.LAYER, "directory", 108),
          new Entry(Tone.IMAGE, "image", 80),
          new Entry(Tone.DEVICE, "device", 88),
          new Entry(Tone.MEMORY, "memory", 88),
          new Entry(Tone.NESTED, "overlay as a layer", 180));

  /** Of what there is. */
  static void draw(Canvas canvas, int left, int top, Set<Tone> used) {
    int x = left;
    for (Entry entry : ENTRIES) {
      if (!used.contains(entry.tone())) {
        continue;
      }
      canvas.box(new Area(x, top + 3, 14, 14), 3, entry.tone());
      canvas.muted(x + 20, top + 14, entry.width() - 26, entry.text(), Face.SMALL);
      x += entry.width();
    }
  }
}
