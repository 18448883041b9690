// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures of domains and of the networks of a host: a model of what is to be seen, layouts that
 * make drawings of it, and writers. Pure. A room of its own, beside {@code plan}, because it shows
 * what definitions say and not what is done about them: it needs {@code domain} alone, and a
 * definition whose plan is refused can be looked at all the same.
 */
package io.domus.picture;
