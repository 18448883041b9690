// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.Located;

/** Rules for the format of images and how they are attached. */
final class ImageRules {
  private final Faults faults;

  ImageRules(Faults faults) {
    this.faults = faults;
  }

  void check(LayeredBean image) {
    String problem = ImageChoice.of(image).problem();
    if (!problem.isEmpty() && !image.incomplete) {
      faults.error("image.driver", Faults.of(image.driver == null ? image : image.driver), problem);
    }
  }

  /** Said of something that is no image. */
  void ignored(Located said) {
    faults.warning(
        Unhonoured.IGNORED.rule(),
        Faults.of(said),
        "<" + said.element + "> here " + Unhonoured.IGNORED.text());
  }
}
