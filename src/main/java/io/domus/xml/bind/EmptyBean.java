// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

/** An element that is there or not. */
public final class EmptyBean extends Located {}
