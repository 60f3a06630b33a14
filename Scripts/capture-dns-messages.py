#!/usr/bin/env python3
"""Writes Tests/LayersTests/DNS/CapturedMessages.swift: what unbound answers, and how dig prints it.

Needs unbound and dig (Debian: unbound, bind9-dnsutils). Starts an unbound of its own on loopback, and ends it.
"""
import os, re, socket, struct, subprocess, sys, tempfile, time

PORT = 5399
RECORDS = r"""
a.example.test. 300 IN A 192.0.2.1
a.example.test. 300 IN A 192.0.2.2
aaaa.example.test. 300 IN AAAA 2001:db8::1
aaaa.example.test. 300 IN AAAA ::ffff:192.0.2.1
alias.example.test. 300 IN CNAME a.example.test.
below.example.test. 300 IN DNAME other.example.test.
example.test. 300 IN NS ns1.example.test.
example.test. 300 IN NS ns2.example.test.
example.test. 300 IN SOA ns1.example.test. host\.master.example.test. 2026010101 7200 3600 1209600 300
1.2.0.192.in-addr.arpa. 300 IN PTR a.example.test.
example.test. 300 IN MX 10 mail.example.test.
example.test. 300 IN MX 20 mail.elsewhere.test.
example.test. 300 IN TXT "v=spf1 -all" "a \"quoted\" \\ and \200 byte"
_sip._udp.example.test. 300 IN SRV 1 2 5060 sip.example.test.
n.example.test. 300 IN NAPTR 100 50 "s" "http+I2L+I2C+I2R" "!^.*$!sip:info@example.test!" _http._tcp.example.test.
example.test. 300 IN CAA 128 issue "ca.example.net; policy=ev"
ds.example.test. 300 IN DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
example.test. 300 IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
s.example.test. 300 IN RRSIG A 5 3 86400 20300322173103 20300220173103 2642 example.test. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=
nsec.example.test. 300 IN NSEC host.example.test. A MX RRSIG NSEC TYPE1234
_443._tcp.example.test. 300 IN TLSA 3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971
svcb.example.test. 300 IN SVCB 0 a.example.test.
https.example.test. 300 IN HTTPS 1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1
https.example.test. 300 IN HTTPS 2 a.example.test. mandatory=alpn alpn="h2" ech="AEX+DQA="
strange.example.test. 300 IN TYPE65280 \# 4 C0000201
we\.ird\032label\255.example.test. 300 IN A 192.0.2.3
""".strip().splitlines()


def query(name, kind):
    """The lines of the answer as dig prints them."""
    out = subprocess.run(["dig", "+noall", "+qr", f"-p{PORT}", "@127.0.0.1", name, kind, "+nosplit", "+answer", "+norecurse",
                          "+nottlunits"], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()) for line in out.splitlines() if line and not line.startswith(";")]


def encode(name):
    wire, label, i = b"", b"", 0
    while i < len(name):
        if name[i] == "\\":
            if name[i + 1].isdigit():
                label += bytes([int(name[i + 1:i + 4])]); i += 4
            else:
                label += name[i + 1].encode(); i += 2
        elif name[i] == ".":
            wire += bytes([len(label)]) + label; label = b""; i += 1
        else:
            label += name[i].encode(); i += 1
    return wire + b"\0"


def ask(name, kind):
    number = int(kind[4:]) if kind.startswith("TYPE") else TYPES[kind]
    message = struct.pack(">6H", 0x1234, 0x0100, 1, 0, 0, 1) + encode(name) + struct.pack(">2H", number, 1)
    message += b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(5)
        peer.sendto(message, ("127.0.0.1", PORT))
        return peer.recv(65535)


TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "NAPTR": 35, "DNAME": 39,
         "DS": 43, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48, "TLSA": 52, "SVCB": 64, "HTTPS": 65, "CAA": 257}


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "unbound.conf")
        quoted = "\n".join("  local-data: '" + record.replace("'", "") + "'" for record in RECORDS)
        with open(path, "w") as file:
            file.write(f"""server:
  interface: 127.0.0.1@{PORT}
  port: {PORT}
  do-daemonize: no
  use-syslog: no
  username: ""
  chroot: ""
  pidfile: ""
  directory: "{folder}"
  module-config: "iterator"
  local-zone: "example.test." static
  local-zone: "in-addr.arpa." static
  minimal-responses: no
{quoted}
remote-control:
  control-enable: no
""")
        server = subprocess.Popen(["unbound", "-d", "-p", "-c", path], stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            asked = []
            for record in RECORDS:
                name, _, _, kind = re.split(r"\s+", record)[:4]
                if (name, kind) not in asked:
                    asked.append((name, kind))
            asked += [("missing.example.test.", "A"), ("a.example.test.", "MX")]
            entries = [(name, kind, ask(name, kind), query(name, kind)) for name, kind in asked]
        finally:
            server.terminate()
            server.wait()
    print("// Made by Scripts/capture-dns-messages.py; the answers of unbound, as they came, and as dig prints them.\n")
    print("enum CapturedMessages {\n    static let all: [CapturedMessage] = [")
    for name, kind, wire, lines in entries:
        print("        CapturedMessage(")
        print(f"            question: {literal(f'{name} IN {kind}')},")
        print("            hexadecimal: [")
        for start in range(0, len(wire), 48):
            print(f'                "{wire[start:start + 48].hex()}",')
        print("            ],\n            answers: [")
        for line in lines:
            print(f"                {literal(line)},")
        print("            ]),")
    print("    ]\n}")


def literal(text):
    return '##"' + text + '"##'


main()
