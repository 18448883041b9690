#!/bin/sh
# net-start network tagged; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/tagged

# state of the run
mkdir -p -m 0755 /run/domus/networks/tagged

# who is connected
mkdir -p -m 0755 /run/domus/networks/tagged/ports
