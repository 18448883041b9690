// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An archive is read as what was written, or refused. */
class CheckpointArchiveTest {
  private static final int DAMAGES = 1000;

  static final Manifest DESCRIPTION =
      new Manifest(
          "web",
          UUID.fromString("5f2b0f0e-8d5c-4a7b-9a52-5d5d6d1b7c11"),
          Instant.parse("2026-11-29T22:26:50.123456789Z"),
          true,
          Map.of("criu", "4.1.1"),
          List.of(
              new Manifest.Part(
                  "/",
                  "/srv/up\u00fcper",
                  Optional.of("layers/0.tar"),
                  List.of(new Manifest.Base("/srv/base", "tree:" + "0a".repeat(32))))),
          List.of("--tcp-established"));

  @TempDir Path directory;

  private Path staging() throws IOException {
    Path staging = Files.createDirectories(directory.resolve("staging"));
    Files.createDirectories(staging.resolve("layers"));
    Files.createDirectories(staging.resolve("checkpoint"));
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    Files.write(staging.resolve("layers/0.tar"), noise);
    Files.write(staging.resolve("checkpoint/pages-1.img"), new byte[30_000]);
    Files.write(staging.resolve("checkpoint/empty.img"), new byte[0]);
    Files.writeString(staging.resolve("domain.xml"), "<domain/>\n".repeat(100));
    return staging;
  }

  private byte[] archive(Compression compression) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointArchive.write(staging(), DESCRIPTION, out, compression, _ -> {});
    return out.toByteArray();
  }

  private static TreeMap<String, String> contents(Path tree) throws IOException {
    TreeMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        contents.put(
            tree.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWritten(Compression compression) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong written = new AtomicLong();
    Manifest manifest =
        CheckpointArchive.write(staging(), DESCRIPTION, out, compression, written::set);
    assertEquals(manifest.size(), written.get());
    assertEquals(
        List.of("checkpoint/empty.img", "checkpoint/pages-1.img", "domain.xml", "layers/0.tar"),
        manifest.entries().stream().map(Manifest.Entry::name).toList());
    // In two pieces, as a pipe has it.
    byte[] bytes = out.toByteArray();
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, 3),
            new ByteArrayInputStream(bytes, 3, bytes.length - 3));
    Path into = directory.resolve("into");
    assertEquals(manifest, CheckpointArchive.read(in, into));
    assertEquals(manifest, CheckpointArchive.peek(new ByteArrayInputStream(bytes)));
    TreeMap<String, String> expected = contents(staging());
    expected.put(
        CheckpointArchive.MANIFEST,
        new String(manifest.json().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    assertEquals(expected, contents(into));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(into)));
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameTwice(Compression compression) throws IOException {
    assertArrayEquals(archive(compression), archive(compression));
  }

  /** A bit that no reader looks at, such as in gzip's time of day, may differ; content may not. */
  @ParameterizedTest
  @EnumSource
  void isRefusedWhenDamaged(Compression compression) throws IOException {
    byte[] whole = archive(compression);
    Path good = directory.resolve("good");
    CheckpointArchive.read(new ByteArrayInputStream(whole), good);
    Random random = new Random(7);
    int unnoticed = 0;
    for (int count = 0; count < DAMAGES; count++) {
      byte[] damaged = whole.clone();
      if (count % 4 == 0) {
        damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      } else {
        damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path into = directory.resolve("into" + count);
      try {
        CheckpointArchive.read(new ByteArrayInputStream(damaged), into);
        assertEquals(contents(good), contents(into));
        assertEquals(whole.length, damaged.length);
        unnoticed++;
      } catch (IOException refused) {
        assertFalse(Files.exists(into), "something is left");
        assertTrue(
            refused.getMessage().matches("(?s)(not an? |the |something |[a-z]+[/.]).*"),
            refused.getMessage());
        assertFalse(refused.getMessage().endsWith(": null"), refused.getMessage());
      }
    }
    assertTrue(unnoticed <= (compression == Compression.NONE ? 0 : 3), unnoticed + " unnoticed");
  }

  @ParameterizedTest
  @EnumSource
  void hasNothingAfterIt(Compression compression) throws IOException {
    byte[] whole = archive(compression);
    for (byte more : new byte[] {0, 'x'}) {
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      longer[whole.length] = more;
      refused(longer, "");
    }
    refused(new byte[0], "the archive is empty");
  }

  private void refused(byte[] archive, String message) {
    Path into = directory.resolve("refused");
    IOException fault =
        assertThrows(
            IOException.class,
            () -> CheckpointArchive.read(new ByteArrayInputStream(archive), into));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
    assertFalse(Files.exists(into), "something is left");
  }

  @Test
  void isRefusedWhenItIsNotWhatItSays() throws IOException {
    Manifest.Entry file = entry("a", "content");
    refused(tar(List.of(file), HandTar.file("b", "content")), "'b' where its manifest lists a");
    refused(
        tar(List.of(file), HandTar.file("a", "longer content")),
        "a with 14 bytes, not the 7 of its manifest");
    refused(
        tar(List.of(file), HandTar.of('2', "a", "/etc/passwd", "")), "a, which is no regular file");
    refused(tar(List.of(file)), "its end where its manifest lists a");
    refused(tar(List.of(file), HandTar.file("a", "konntet")), "a of the archive was altered");
    refused(
        tar(List.of(), HandTar.file("a", "content")), "something that its manifest does not list");
    byte[] two = HandTar.end(HandTar.file("a", ""), HandTar.file("b", ""));
    refused(two, "it does not begin with its manifest");
    refused(
        HandTar.end(HandTar.file("manifest.json", "{}")), "the format of the manifest is missing");
    refused(HandTar.end(HandTar.file("manifest.json", "[")), "not a manifest of an archive");
    refused("hello".getBytes(StandardCharsets.US_ASCII), "the archive is cut off");
  }

  /** Whatever a library calls it. */
  @ParameterizedTest
  @EnumSource(Compression.class)
  void endsTooSoon(Compression compression) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream tar = compression.around(out)) {
      tar.write(tar(List.of(), HandTar.file("a", "content")));
    }
    byte[] half = Arrays.copyOf(out.toByteArray(), out.size() / 2);
    refused(half, "the archive is cut off");
    if (compression == Compression.ZSTD) {
      refused(half, "it ends too soon");
    }
  }

  /** One that is small and unpacks to more than it says. */
  @Test
  void isNotUnpackedBeyondItsManifest() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream bomb = Compression.ZSTD.around(out)) {
      bomb.write(ArchiveHeader.of("manifest.json", 1L << 40, Instant.EPOCH));
      byte[] zeroes = new byte[1 << 20];
      for (int count = 0; count < 64; count++) {
        bomb.write(zeroes);
      }
    }
    refused(out.toByteArray(), "the manifest of the archive is damaged or too large");
    Manifest much =
        DESCRIPTION.withEntries(
            List.of(new Manifest.Entry("layers/0.tar", 1L << 60, "00".repeat(32))));
    refused(
        HandTar.end(HandTar.plain("manifest.json", much.json(), much.created())),
        "there is room for");
  }

  @Test
  void holdsFilesOnly() throws IOException {
    Path staging = staging();
    Path link = Files.createSymbolicLink(staging.resolve("link"), Path.of("domain.xml"));
    IOException fault =
        assertThrows(
            IOException.class,
            () ->
                CheckpointArchive.write(
                    staging,
                    DESCRIPTION,
                    OutputStream.nullOutputStream(),
                    Compression.NONE,
                    _ -> {}));
    assertEquals(
        link + " is no regular file, which is all that an archive holds", fault.getMessage());
  }

  private static Manifest.Entry entry(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Manifest.Entry(
        name, bytes.length, HexFormat.of().formatHex(Sha256.start().digest(bytes)));
  }

  private static byte[] tar(List<Manifest.Entry> entries, byte[]... files) throws IOException {
    Manifest manifest =
        new Manifest(
                "web", DESCRIPTION.uuid(), Instant.EPOCH, false, Map.of(), List.of(), List.of())
            .withEntries(entries);
    byte[][] all = new byte[files.length + 1][];
    all[0] = HandTar.file("manifest.json", manifest.json());
    System.arraycopy(files, 0, all, 1, files.length);
    return HandTar.end(all);
  }
}
