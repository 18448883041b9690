// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.List;

/** Trees as lsblk and tree draw them. */
final class TreeText {
  private TreeText() {}

  /** A line, and what hangs on it. */
  record Node(String label, List<Node> children) {
    Node {
      children = List.copyOf(children);
    }
  }

  /** A root begins at the margin. */
  static String render(List<Node> roots) {
    StringBuilder text = new StringBuilder();
    for (Node root : roots) {
      text.append(root.label()).append('\n');
      children(text, root, "");
    }
    return text.toString();
  }

  private static void children(StringBuilder text, Node node, String margin) {
    for (int index = 0; index < node.children().size(); index++) {
      Node child = node.children().get(index);
      boolean last = index == node.children().size() - 1;
      text.append(margin).append(last ? "└─ " : "├─ ").append(child.label()).append('\n');
      children(text, child, margin + (last ? "   " : "│  "));
    }
  }
}
