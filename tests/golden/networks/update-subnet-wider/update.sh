#!/bin/sh
# net-update network lab; run in: the host's namespaces
set -eu

# what takes the next step back
cat > /run/domus/networks/lab/bridge.before.ip <<'DOMUS'
address delete 192.0.2.1/23 dev dom0
address add 192.0.2.1/24 broadcast + dev dom0
DOMUS
chmod 0600 /run/domus/networks/lab/bridge.before.ip

# addresses and routes that change
cat > /run/domus/networks/lab/bridge.ip <<'DOMUS'
address delete 192.0.2.1/24 dev dom0
address add 192.0.2.1/23 broadcast + dev dom0
DOMUS
chmod 0600 /run/domus/networks/lab/bridge.ip

# change the addresses of the host
ip -batch /run/domus/networks/lab/bridge.ip
