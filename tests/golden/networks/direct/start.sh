#!/bin/sh
# net-start network direct; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/direct

# state of the run
mkdir -p -m 0755 /run/domus/networks/direct

# who is connected
mkdir -p -m 0755 /run/domus/networks/direct/ports
