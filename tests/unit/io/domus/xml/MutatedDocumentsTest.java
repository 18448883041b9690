// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Document;
import io.domus.domain.DomainDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a document, it is read or refused in words: nothing else happens. What is
 * read can be started as far as the document alone decides it.
 */
class MutatedDocumentsTest {
  private static final int ROUNDS = Integer.getInteger("domus.mutations", 50_000);

  private final SplittableRandom random = new SplittableRandom(Long.getLong("domus.seed", 7));

  @Test
  void areReadOrRefused() throws IOException {
    List<byte[]> valid = bytes(Checkout.documents());
    List<byte[]> rejected = bytes(Checkout.rejectedDocuments());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutant = mutate(original(valid, rejected));
      try {
        read += check(mutant) ? 1 : 0;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(new String(mutant, UTF_8), e);
      }
    }
    int accepted = read;
    assertTrue(accepted > ROUNDS / 50, () -> "only " + accepted + " were read");
  }

  private static boolean check(byte[] document) {
    Reading<? extends Document> reading =
        new DocumentValidator().read(XmlSource.of("mutant.xml", document));
    String text = FaultText.render(reading.faults());
    assertTrue(!text.contains("com.ctc") && !text.contains("Exception"), text);
    return switch (reading) {
      case Reading.Invalid<? extends Document> invalid -> {
        assertTrue(invalid.faults().stream().anyMatch(XmlFault::isError), text);
        yield false;
      }
      case Reading.Valid<? extends Document> valid -> {
        String xml = NetworkRoundTripTest.write(valid.definition());
        Reading<? extends Document> back =
            new DocumentValidator().read(XmlSource.of("back.xml", xml.getBytes(UTF_8)));
        assertEquals(WithoutOrigins.of(valid.definition()), WithoutOrigins.of(back.orThrow()));
        if (valid.definition() instanceof DomainDef domain) {
          WillingHost.start(domain);
        }
        yield true;
      }
    };
  }

  /** Half of the time one that is valid. */
  private byte[] original(List<byte[]> valid, List<byte[]> rejected) {
    List<byte[]> originals = random.nextBoolean() ? valid : rejected;
    return originals.get(random.nextInt(originals.size()));
  }

  private static List<byte[]> bytes(List<Path> files) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      if (Files.size(file) < 8192) {
        bytes.add(Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private byte[] mutate(byte[] original) {
    if (original.length < 40) {
      return original;
    }
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(original, random.nextInt(original.length));
      case 1 -> {
        byte[] mutant = original.clone();
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        yield mutant;
      }
      case 2 -> new String(original, UTF_8).getBytes(java.nio.charset.StandardCharsets.UTF_16);
      case 3 -> {
        byte[] doubled = Arrays.copyOf(original, original.length * 2);
        System.arraycopy(original, 0, doubled, original.length, original.length);
        yield doubled;
      }
      default -> {
        try {
          yield new Mutation(random).mutate(new String(original, UTF_8)).getBytes(UTF_8);
        } catch (IllegalArgumentException e) {
          yield original;
        }
      }
    };
  }
}
