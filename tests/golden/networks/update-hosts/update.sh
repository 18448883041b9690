#!/bin/sh
# net-update network lab; run in: the host's namespaces
set -eu

# configuration to be tried
cat > /run/domus/networks/lab/dnsmasq.conf.new <<'DOMUS'
pid-file=/run/domus/networks/lab/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/lab/names
domain-needed
no-resolv
DOMUS
chmod 0644 /run/domus/networks/lab/dnsmasq.conf.new

# dnsmasq understands it
dnsmasq --test --conf-file=/run/domus/networks/lab/dnsmasq.conf.new

# it was tried
rm -f /run/domus/networks/lab/dnsmasq.conf.new

# what dnsmasq reads
cat > /run/domus/networks/lab/names/definition <<'DOMUS'
192.0.2.9 scanner
DOMUS
chmod 0644 /run/domus/networks/lab/names/definition

# hosts are read anew
kill -1 "$(cut -d ' ' -f 1 /run/domus/networks/lab/dnsmasq.pid)" || :
