// SPDX-License-Identifier: Apache-2.0
/** The OCI runtime configuration (runtime-spec 1.0) as records. Pure. */
package io.domus.oci;
