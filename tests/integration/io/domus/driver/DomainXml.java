// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the text of definitions; every line has what it says, so that messages can be checked. */
final class DomainXml {
  private final String name;
  private final List<String> init = new ArrayList<>(List.of("/bin/sleep", "1000000"));
  private final List<String> elements = new ArrayList<>();
  private final List<String> osElements = new ArrayList<>();
  private final List<String> devices = new ArrayList<>();
  private String memory = "64";

  private DomainXml(String name) {
    this.name = name;
  }

  static DomainXml named(String name) {
    return new DomainXml(name);
  }

  DomainXml init(String... argv) {
    init.clear();
    init.addAll(List.of(argv));
    return this;
  }

  /** An init that is a shell script. */
  DomainXml script(String text) {
    return init("/bin/sh", "-c", text);
  }

  DomainXml memory(int mebibytes) {
    memory = Integer.toString(mebibytes);
    return this;
  }

  /** Adds a child of the domain, such as {@code <on_crash>}. */
  DomainXml with(String element) {
    elements.add(element);
    return this;
  }

  DomainXml os(String element) {
    osElements.add(element);
    return this;
  }

  DomainXml device(String element) {
    devices.add(element);
    return this;
  }

  /** A directory of the host as the guest's root. */
  DomainXml root(Path tree) {
    return device(Filesystems.mount(tree, "/"));
  }

  String text() {
    StringBuilder text = new StringBuilder("<domain type='lxc'>\n");
    text.append("  <name>").append(name).append("</name>\n");
    text.append("  <memory unit='MiB'>").append(memory).append("</memory>\n");
    elements.forEach(element -> text.append("  ").append(element).append('\n'));
    text.append("  <os>\n    <type>exe</type>\n");
    text.append("    <init>").append(escape(init.getFirst())).append("</init>\n");
    init.stream()
        .skip(1)
        .forEach(word -> text.append("    <initarg>").append(escape(word)).append("</initarg>\n"));
    osElements.forEach(element -> text.append("    ").append(element).append('\n'));
    text.append("  </os>\n  <devices>\n");
    devices.forEach(device -> text.append("    ").append(device).append('\n'));
    return text.append("  </devices>\n</domain>\n").toString();
  }

  byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  String name() {
    return name;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
