// SPDX-License-Identifier: Apache-2.0
/** What leaves the machine and comes to it: a layer as a tar, a checkpoint as one file. */
package io.domus.archive;
