// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Prepares {@code target/lib} for a quick start: {@code PrepareRuntime TARGET}.
 *
 * <p>picocli and parts of Woodstox are compiled for Java 5 and older, and class data sharing
 * refuses class files older than version 50: they are loaded and verified the slow way at every
 * start. Rewriting them with stack maps lets the JVM archive them. JNA's library is unpacked here
 * so that no start has to do it, and the class path is written down so that the launcher need not
 * list a directory.
 */
void main(String[] args) throws IOException {
  Path target = Path.of(args[0]);
  Path lib = target.resolve("lib");
  List<Path> jars = new ArrayList<>();
  try (Stream<Path> files = Files.list(lib)) {
    files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
  }
  for (Path jar : jars) {
    if (hasOldClasses(jar)) {
      upgrade(jar);
    }
    if (jar.getFileName().toString().startsWith("jna-")) {
      unpackLibrary(jar, target.resolve("native"));
    }
  }
  StringBuilder classPath = new StringBuilder(target.resolve("domus.jar").toString());
  jars.forEach(jar -> classPath.append(':').append(jar));
  Files.writeString(target.resolve("classpath"), classPath + "\n");
}

boolean hasOldClasses(Path jar) throws IOException {
  try (ZipFile in = new ZipFile(jar.toFile())) {
    for (ZipEntry entry : in.stream().toList()) {
      if (entry.getName().endsWith(".class")) {
        try (InputStream content = in.getInputStream(entry)) {
          byte[] head = content.readNBytes(8);
          if (head[7] < 50 && head[6] == 0) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

void upgrade(Path jar) throws IOException {
  Path upgraded = jar.resolveSibling("upgrade.tmp");
  try (ZipFile in = new ZipFile(jar.toFile());
      OutputStream file = Files.newOutputStream(upgraded);
      ZipOutputStream out = new ZipOutputStream(file)) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy(in)));
    for (ZipEntry entry : in.stream().toList()) {
      // A signed or modular jar would no longer match; neither is needed on a class path.
      if (entry.getName().startsWith("META-INF/") && entry.getName().endsWith(".SF")) {
        continue;
      }
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTime(0);
      out.putNextEntry(copy);
      try (InputStream content = in.getInputStream(entry)) {
        byte[] bytes = content.readAllBytes();
        out.write(entry.getName().endsWith(".class") ? upgrade(classFile, bytes) : bytes);
      }
      out.closeEntry();
    }
  }
  Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
}

/** Stack maps name the common ancestors of classes; one that is not there has none but Object. */
ClassHierarchyResolver hierarchy(ZipFile jar) {
  return ClassHierarchyResolver.ofResourceParsing(type -> open(jar, type))
      .orElse(ClassHierarchyResolver.defaultResolver())
      .orElse(type -> ClassHierarchyResolver.ClassHierarchyInfo.ofInterface())
      .cached();
}

InputStream open(ZipFile jar, ClassDesc type) {
  String descriptor = type.descriptorString();
  try {
    ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return entry == null ? null : jar.getInputStream(entry);
  } catch (IOException e) {
    throw new UncheckedIOException(e);
  }
}

byte[] upgrade(ClassFile classFile, byte[] bytes) {
  ClassModel model = classFile.parse(bytes);
  if (model.majorVersion() >= ClassFile.JAVA_8_VERSION) {
    return bytes;
  }
  // A body that is only copied would get no stack maps.
  return classFile.transformClass(
      model,
      ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
          .andThen(
              ClassTransform.endHandler(
                  builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
}

void unpackLibrary(Path jar, Path directory) throws IOException {
  String arch =
      System.getProperty("os.arch").equals("amd64") ? "x86-64" : System.getProperty("os.arch");
  try (ZipFile in = new ZipFile(jar.toFile())) {
    ZipEntry entry = in.getEntry("com/sun/jna/linux-" + arch + "/libjnidispatch.so");
    Files.createDirectories(directory);
    try (InputStream content = in.getInputStream(entry)) {
      Files.copy(
          content, directory.resolve("libjnidispatch.so"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
