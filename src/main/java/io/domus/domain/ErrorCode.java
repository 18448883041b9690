// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** libvirt's error numbers, from its public header. A number once given never changes. */
public enum ErrorCode {
  INTERNAL_ERROR(1),
  NO_SUPPORT(3),
  INVALID_ARG(8),
  OPERATION_FAILED(9),
  XML_ERROR(27),
  DOM_EXIST(28),
  NETWORK_EXIST(29),
  READ_FAILED(31),
  SYSTEM_ERROR(38),
  NO_DOMAIN(42),
  NO_NETWORK(43),
  OPERATION_INVALID(55),
  CONFIG_UNSUPPORTED(67),
  OPERATION_TIMEOUT(68),
  RESOURCE_BUSY(87);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
