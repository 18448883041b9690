#!/bin/sh
# net-start network open; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/open

# state of the run
mkdir -p -m 0755 /run/domus/networks/open

# who is connected
mkdir -p -m 0755 /run/domus/networks/open/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:open

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/open/bridge.ip <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/open/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/open/bridge.ip

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > /run/domus-forwarding/users/system:open <<'DOMUS'
ipv4
DOMUS
chmod 0644 /run/domus-forwarding/users/system:open

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv4 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv4

# the host forwards ipv4
echo 1 >/proc/sys/net/ipv4/ip_forward

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/open/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/open/names

# addresses of the definition
cat > /run/domus/networks/open/hosts/definition <<'DOMUS'
52:54:00:00:00:09,192.0.2.9
DOMUS
chmod 0644 /run/domus/networks/open/hosts/definition

# configuration of dnsmasq
cat > /run/domus/networks/open/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/open/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/open/names
dhcp-range=192.0.2.0,static,255.255.255.0
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir=/run/domus/networks/open/hosts
dhcp-leasefile=/var/lib/domus/networks/open/leases
DOMUS
chmod 0644 /run/domus/networks/open/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/open/dnsmasq.conf
