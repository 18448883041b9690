// SPDX-License-Identifier: Apache-2.0
package io.domus;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a compiled class refers to, read from its constant pool: in code, signatures, generic
 * arguments and annotations. Constants that the compiler has copied into a class leave no trace.
 *
 * @param name {@code io.domus.plan.Step$MountFilesystem}
 * @param types their names in the same form
 * @param members {@code java.time.Instant.now}
 */
record ClassReferences(String name, Set<String> types, Set<String> members) {
  /** A class in a descriptor or generic signature. */
  private static final Pattern DESCRIBED = Pattern.compile("L([\\w/$]+)[;<]");

  /** All classes of the product. */
  static List<ClassReferences> ofProduct() throws IOException {
    List<ClassReferences> all = new ArrayList<>();
    for (Path file : Checkout.files("target/classes")) {
      if (file.toString().endsWith(".class")) {
        all.add(of(ClassFile.of().parse(file)));
      }
    }
    if (all.isEmpty()) {
      throw new IOException("no class file in " + Checkout.path("target/classes"));
    }
    return all;
  }

  private static ClassReferences of(ClassModel model) {
    Set<String> types = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> types.add(element(type.asInternalName()));
        case MemberRefEntry member ->
            members.add(
                element(member.owner().asInternalName()) + "." + member.name().stringValue());
        case Utf8Entry text -> {
          Matcher described = DESCRIBED.matcher(text.stringValue());
          while (described.find()) {
            types.add(dotted(described.group(1)));
          }
        }
        default -> {}
      }
    }
    return new ClassReferences(dotted(model.thisClass().asInternalName()), types, members);
  }

  /** An array counts as what it holds. */
  private static String element(String internal) {
    return dotted(internal.replaceFirst("^\\[+L?", "").replaceFirst(";$", ""));
  }

  private static String dotted(String internal) {
    return internal.replace('/', '.');
  }

  static String packageOf(String type) {
    int dot = type.lastIndexOf('.');
    return dot < 0 ? "" : type.substring(0, dot);
  }

  /** Types and members whose name is this or begins with it and a dot. */
  Set<String> mentions(String prefix) {
    Set<String> found = new TreeSet<>();
    for (Set<String> names : List.of(types, members)) {
      names.stream()
          .filter(mention -> mention.equals(prefix) || mention.startsWith(prefix + "."))
          .forEach(found::add);
    }
    return found;
  }
}
