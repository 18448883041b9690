// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.xml.DomainReader;
import io.domus.xml.Reading;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerInsertionTest {
  /**
   * The stores of a definition, what lies beneath which directory, and the layers in the end;
   * letters are directories, {@code u(…)} is an inner overlay.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b            |                  | U b",
        "b            | U:1              | U 1 b",
        "b            | U:2,1            | U 2 1 b",
        "x b          | U:1              | U 1 x b",
        "b            | V:1              | U b",
        // A definition made from one that was printed with all its layers.
        "1 b          | U:1              | U 1 b",
        "1 b          | U:2,1            | U 2 1 b",
        "x 2 1 b      | U:3,2,1          | U 3 x 2 1 b",
        // Layers that are what another domain writes to.
        "a b          | a:1              | U a 1 b",
        "a b          | U:3;a:2,1        | U 3 a 2 1 b",
        "a 1 b        | a:1              | U a 1 b",
        "v(b)         | v:1              | U v(1 b)",
        "v(b)         | U:2;v:1          | U 2 v(1 b)",
        "v(a b) c     | a:1;c:2          | U v(a 1 b) c 2",
        "v(w(b))      | w:2,1;v:3        | U v(3 w(2 1 b))"
      })
  void layersLieBeneathTheirDirectory(String stores, String sealed, String expected) {
    DomainDef domain = domain("", stores.strip());
    DomainDef whole = LayerInsertion.apply(domain, sealed(sealed, UpperLayers.Marks.NONE));
    assertEquals(expected.strip(), text(chain(whole)));
  }

  /** The layers were written with some options, the definition says others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userxattr | | userxattr=on, which the definition no longer says",
        "          | userxattr=on | userxattr=off, and the definition says on",
        "redirect  | redirect_dir=nofollow"
            + " | redirect_dir=on, and the definition does not follow redirects",
        "metacopy  | | metacopy=on, which the definition no longer says"
      })
  void optionsThatTheLayersNeed(String marks, String options, String message) {
    String written = marks == null ? "" : marks;
    UpperLayers.Marks needed =
        new UpperLayers.Marks(
            written.equals("userxattr"),
            written.equals("redirect") || written.equals("metacopy"),
            written.equals("metacopy"));
    for (String which : List.of("U", "a")) {
      DomainDef domain = domain(options == null ? "" : options, "a b");
      ConfigUnsupportedException refused =
          assertThrows(
              ConfigUnsupportedException.class,
              () -> LayerInsertion.apply(domain, sealed(which + ":1", needed)));
      assertEquals(
          "the layers beneath '/%s' were written with %s (web.xml:6)".formatted(which, message),
          refused.getMessage());
    }
  }

  @Test
  void directoriesOfADefinition() {
    DomainDef domain = domain("", "a v(w(b c) d) e");
    assertEquals("[/U, /v, /w]", LayerInsertion.uppers(domain).toString());
    assertEquals("[/a, /b, /c, /d, /e]", LayerInsertion.directories(domain).toString());
  }

  private static Map<Path, UpperLayers> sealed(String text, UpperLayers.Marks marks) {
    Map<Path, UpperLayers> sealed = new TreeMap<>();
    if (text != null) {
      for (String entry : text.strip().split(";")) {
        String[] parts = entry.split(":", 2);
        List<SealedLayer> layers =
            Arrays.stream(parts[1].split(",")).map(LayerInsertionTest::layer).toList();
        sealed.put(Path.of("/" + parts[0]), new UpperLayers(layers, marks));
      }
    }
    return sealed;
  }

  private static SealedLayer layer(String digit) {
    return new SealedLayer(digit.repeat(12), Path.of("/" + digit));
  }

  private static DomainDef domain(String options, String stores) {
    String driver = "";
    if (!options.isEmpty()) {
      String[] option = options.split("=", 2);
      driver = "<driver><option name='%s' value='%s'/></driver>".formatted(option[0], option[1]);
    }
    String text =
        """
        <domain type='lxc'>
          <name>web</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/init</init></os>
          <devices>
            <filesystem type='overlay'>%s<source dir='/U'/><source dir='/W'/>%s<target dir='/'/></filesystem>
          </devices>
        </domain>
        """
            .formatted(driver, elements(stores));
    return switch (new DomainReader()
        .read(XmlSource.of("web.xml", text.getBytes(StandardCharsets.UTF_8)))) {
      case Reading.Valid<DomainDef> valid -> valid.definition();
      case Reading.Invalid<DomainDef> invalid ->
          throw new IllegalArgumentException(invalid.faults() + " in " + text);
    };
  }

  private static String elements(String stores) {
    StringBuilder elements = new StringBuilder();
    for (char letter : stores.toCharArray()) {
      switch (letter) {
        case ' ' -> {}
        case '(' -> {
          int begin = elements.lastIndexOf("<backingStore type='dir'>");
          String upper = elements.substring(begin).replaceFirst(".*dir='/(.)'.*", "$1");
          elements.setLength(begin);
          elements.append(
              "<backingStore type='overlay'><source dir='/%s'/><source dir='/%s-work'/>"
                  .formatted(upper, upper));
        }
        case ')' -> elements.append("</backingStore>");
        default ->
            elements.append(
                "<backingStore type='dir'><source dir='/%c'/></backingStore>".formatted(letter));
      }
    }
    return elements.toString();
  }

  private static OverlayChain chain(DomainDef domain) {
    return ((Filesystem.Overlay) domain.filesystems().getFirst()).chain();
  }

  private static String text(OverlayChain chain) {
    return chain.upper().orElseThrow().directory().toString().substring(1)
        + " "
        + String.join(" ", chain.lowers().stream().map(LayerInsertionTest::text).toList());
  }

  private static String text(BackingStore store) {
    return switch (store) {
      case BackingStore.Directory directory -> directory.path().toString().substring(1);
      case BackingStore.Overlay inner -> text(inner.chain()).replaceFirst(" ", "(") + ")";
      case BackingStore.Image _, BackingStore.Block _ ->
          throw new IllegalArgumentException(store.toString());
    };
  }
}
