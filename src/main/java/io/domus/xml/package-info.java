// SPDX-License-Identifier: Apache-2.0
/**
 * XML text to and from definitions, in one pass and with every fault at its own place.
 *
 * <pre>
 * XmlSource -> XmlInput (parser) -> DocumentReader (limits, SchemaFeed) -> bind (beans)
 *           -> DomainDefaults -> DomainRules -> DomainMapping -> DomainDef -> DomainWriter
 * </pre>
 *
 * <p>Nothing here opens a file: bytes and names are arguments.
 */
package io.domus.xml;
