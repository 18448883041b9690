// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

/** Why something that the schema accepts for libvirt's sake has no effect. */
enum Unhonoured {
  IGNORED("ignored", "is ignored by containers"),
  LATER("unsupported", "is not supported yet and has no effect");

  private final String rule;
  private final String text;

  Unhonoured(String rule, String text) {
    this.rule = rule;
    this.text = text;
  }

  /** The id of the warning. */
  String rule() {
    return rule;
  }

  String text() {
    return text;
  }
}
