// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
  private static SourceText of(String text) {
    return SourceText.decode(text.getBytes(UTF_8), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a b='1' c='2'/>        | b   | 4",
        "<a b='1' c='2'/>        | c   | 10",
        "<a bb='1' b='2'/>       | b   | 11",
        "<a c='b=' b='2'/>       | b   | 11",
        "<a c='/>' b='2'/>       | b   | 11",
        "<a c=\"'\" b='2'/>      | b   | 10",
        "<a b = '1' c='2'/>      | c   | 12",
        "<a x:b='1' b='2'/>      | b   | 12",
        "<a x:b='1' b='2'/>      | x:b | 4",
        "<a b='1'/>              | d   | 1",
        "<a/>                    | b   | 1",
        "<a b                    | b   | 1",
      })
  void attributesAreFound(String text, String name, int column) {
    assertEquals(new Position(1, column), of(text).attribute(Position.START, name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a>x</a>               | 4",
        "<a>   x</a>            | 7",
        "<a b='>'>x</a>         | 10",
        "<a><!-- c --> x</a>    | 15",
        "<a></a>                | 1",
        "<a/>                   | 1",
        "<a>  </a>              | 1",
      })
  void contentIsFound(String text, int column) {
    assertEquals(new Position(1, column), of(text).content(Position.START));
  }

  @Test
  void linesEndAsXmlSaysTheyDo() {
    SourceText text = of("one\ntwo\r\nthree\rfour");
    assertEquals("one", text.excerpt(new Position(1, 1)).text());
    assertEquals("two", text.excerpt(new Position(2, 1)).text());
    assertEquals("three", text.excerpt(new Position(3, 1)).text());
    assertEquals("four", text.excerpt(new Position(4, 2)).text());
    assertEquals(1, text.excerpt(new Position(4, 2)).caret());
  }

  @Test
  void longLinesAreCutAroundTheCulprit() {
    SourceText text = of("x".repeat(1000) + "<bad/>" + "y".repeat(1000));
    XmlFault.Excerpt excerpt = text.excerpt(new Position(1, 1001));
    assertEquals('<', excerpt.text().charAt(excerpt.caret()));
    assertEquals(162, excerpt.text().length());
  }

  @Test
  void placesBeyondTheTextDoNoHarm() {
    SourceText text = of("<a");
    assertEquals(2, text.excerpt(new Position(1, 99)).caret());
    assertEquals("<a", text.excerpt(new Position(7, 1)).text());
    assertEquals("", of("").excerpt(Position.START).text());
  }

  @Test
  void terminalsAreNotSteered() {
    assertEquals("a\uFFFDb", of("a\u009Bb").excerpt(Position.START).text());
  }
}
