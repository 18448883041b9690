// SPDX-License-Identifier: Apache-2.0
/**
 * The beans that JAXB fills: one class per kind of element, all values as they are written. They
 * are checked and mapped at once by the package above and go nowhere else.
 */
package io.domus.xml.bind;
