#!/bin/sh
# net-start network host-bridge; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/host-bridge

# state of the run
mkdir -p -m 0755 /run/domus/networks/host-bridge

# who is connected
mkdir -p -m 0755 /run/domus/networks/host-bridge/ports
