#!/bin/sh
# net-start network default; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/default

# state of the run
mkdir -p -m 0755 /run/domus/networks/default

# who is connected
mkdir -p -m 0755 /run/domus/networks/default/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:default

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/default/bridge.ip <<'DOMUS'
address add 192.168.124.1/24 broadcast + dev dom0
link set dev dom0 up
route add 0.0.0.0/0 via 192.168.124.2 dev dom0 proto static metric 200
DOMUS
chmod 0644 /run/domus/networks/default/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/default/bridge.ip

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > /run/domus-forwarding/users/system:default <<'DOMUS'
ipv4
DOMUS
chmod 0644 /run/domus-forwarding/users/system:default

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv4 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv4

# the host forwards ipv4
echo 1 >/proc/sys/net/ipv4/ip_forward

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/default/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/default/names

# configuration of dnsmasq
cat > /run/domus/networks/default/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/default/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/default/names
DOMUS
chmod 0644 /run/domus/networks/default/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/default/dnsmasq.conf
