// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** libvirt's numbers, from virterror.h. They are sent over wires: none ever changes. */
class ErrorCodeTest {
  static final List<String> PINNED =
      List.of(
          "INTERNAL_ERROR 1",
          "NO_SUPPORT 3",
          "INVALID_ARG 8",
          "OPERATION_FAILED 9",
          "XML_ERROR 27",
          "DOM_EXIST 28",
          "NETWORK_EXIST 29",
          "READ_FAILED 31",
          "SYSTEM_ERROR 38",
          "NO_DOMAIN 42",
          "NO_NETWORK 43",
          "OPERATION_INVALID 55",
          "CONFIG_UNSUPPORTED 67",
          "OPERATION_TIMEOUT 68",
          "RESOURCE_BUSY 87");

  @Test
  void everyCodeIsPinnedOnce() {
    assertEquals(
        new TreeSet<>(PINNED),
        new TreeSet<>(
            Arrays.stream(ErrorCode.values()).map(code -> code + " " + code.number()).toList()));
    assertEquals(
        PINNED.size(),
        Set.copyOf(Stream.of(ErrorCode.values()).map(ErrorCode::number).toList()).size());
  }

  static final List<DomainException> KINDS =
      List.of(
          new ConfigUnsupportedException("x"),
          new DomainExistsException("x"),
          new InvalidDefinitionException("x"),
          new NetworkExistsException("x"),
          new NoSuchDomainException("x"),
          new NoSuchNetworkException("x"),
          new OperationFailedException("x"),
          new OperationInvalidException("x"),
          new OperationTimeoutException("x"),
          new ReadFailedException("x"),
          new ResourceBusyException("x"));

  @ParameterizedTest
  @CsvSource({
    "ConfigUnsupportedException, 67",
    "DomainExistsException, 28",
    "InvalidDefinitionException, 27",
    "NetworkExistsException, 29",
    "NoSuchDomainException, 42",
    "NoSuchNetworkException, 43",
    "OperationFailedException, 9",
    "OperationInvalidException, 55",
    "OperationTimeoutException, 68",
    "ReadFailedException, 31",
    "ResourceBusyException, 87"
  })
  void eachKindOfFailureHasItsNumber(String kind, int number) {
    DomainException failure =
        KINDS.stream()
            .filter(each -> each.getClass().getSimpleName().equals(kind))
            .findFirst()
            .orElseThrow();
    assertEquals(number, failure.code().number());
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void noKindIsMissing(DomainException kind) {
    assertEquals(
        DomainException.class.getPermittedSubclasses().length, KINDS.size(), kind.toString());
  }

  @Test
  void aMissingDomainIsNamed() {
    assertEquals("no domain 'web'", new NoSuchDomainException("web").getMessage());
  }
}
