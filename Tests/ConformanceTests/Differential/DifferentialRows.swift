/// Calls in a row, and where the answers differ on purpose.
struct DifferentialRow: Sendable {
    struct Divergence: Sendable {
        let ours: String
        let reason: String
    }

    let steps: String
    let divergences: [Int: Divergence]
    /// Where a simulated host is another machine than this one.
    let simulated: [Int: Divergence]

    init(_ steps: String, _ divergences: [Int: Divergence] = [:], simulated: [Int: Divergence] = [:]) {
        self.steps = steps
        self.divergences = divergences
        self.simulated = simulated
    }
}

let differentialRows: [DifferentialRow] = stateRows + unixRows + transferRows + optionRows + nameRows + textRows

private let stateRows = [
    DifferentialRow("socket a inet stream / listen a / local a / close a / listen a"),
    DifferentialRow("socket a inet dgram / listen a"),
    DifferentialRow("socket a inet stream / accept a b"),
    DifferentialRow("socket a inet dgram / accept a b"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / listen a / listen a 1"),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,0 / listen a / socket b inet stream / connect b @a / accept a c / peer c / local c / connect b @a / connect b @a"
    ),
    DifferentialRow(
        "socket a inet6 stream / bind a ::1,0 / listen a / socket b inet6 stream / connect b @a / accept a c / peer c / local c / connect_ex b @a"
    ),
    DifferentialRow(
        "socket a inet stream / send a x / recv a 1 / recvfrom a 1 / peer a / shutdown a both / shutdown a rd"),
    DifferentialRow("socket a inet dgram / send a x / peer a / shutdown a both"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / bind a 127.0.0.1,0"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / socket b inet stream / bind b @a"),
    DifferentialRow("socket a inet dgram / bind a 127.0.0.1,0 / socket b inet dgram / bind b @a"),
    DifferentialRow("vacant v inet / socket a inet stream / connect a @v / connect_ex a @v"),
    DifferentialRow("vacant v inet6 / socket a inet6 stream / connect a @v / connect_ex a @v"),
    DifferentialRow(
        "vacant v inet / socket a inet stream / timeout a 5000 / connect a @v / connect_ex a @v",
        [
            4: .init(
                ours: "errno 111",
                reason: "a timeout does not change what the second connect says: Python's reads the pending error away")
        ]),
    DifferentialRow("vacant v inet / socket a inet dgram / connect a @v / send a x / wait a / recv a 1 / send a y"),
    DifferentialRow("socket a inet stream / bind a 192.0.2.1,0"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / listen a / recv a 1 / send a x / peer a"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / listen a / connect a @a / connect_ex a @a"),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,0 / listen a / nonblock a / accept a b / timeout a 2 / accept a b"),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,0 / listen a / socket b inet stream / connect b @a / shutdown a both / accept a c"
    ),
    DifferentialRow(
        "socket a inet stream / close a / send a x / recv a 1 / bind a 127.0.0.1,0 / peer a / local a / close a"),
    DifferentialRow("socket a inet stream / connect a ::1,9"),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,70000",
        [1: .init(ours: "invalid argument", reason: "Python has an OverflowError")]),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,-1",
        [1: .init(ours: "invalid argument", reason: "Python has an OverflowError")]),
    DifferentialRow("socket a inet stream / bind a '',0 / local a"),
    DifferentialRow("socket a inet dgram / bind a <broadcast>,0 / local a"),
    DifferentialRow("socket a inet dgram / connect a <broadcast>,9"),
    DifferentialRow("socket a inet dgram / set a 1 6 1 / connect a <broadcast>,9 / peer a"),
    DifferentialRow("socket a inet stream / bind a localhost,0 / local a"),
    DifferentialRow("socket a inet stream / bind a 0x7f.1,0 / local a"),
    DifferentialRow(
        "socket a inet6 stream / bind a '',0",
        [1: .init(ours: "invalid address", reason: "the document: an empty host has no meaning for IPv6")]),
    DifferentialRow("socket a inet stream 17"),
    DifferentialRow("socket a inet dgram 6"),
    DifferentialRow("pair a b inet stream"),
    DifferentialRow("socket a inet stream / local a / socket b inet6 dgram / local b / socket c unix stream / local c"),
]

private let unixRows = [
    DifferentialRow("socket a unix stream / connect a path:missing / connect_ex a path:missing"),
    DifferentialRow("socket a unix dgram / sendto a x path:missing"),
    DifferentialRow(
        "socket a unix stream / bind a path:s / bind a path:t / listen a / socket b unix stream / bind b path:s"),
    DifferentialRow(
        "socket a unix stream / bind a path:s / socket b unix stream / connect b path:s / listen a / connect b path:s / peer b / local b / accept a c / local c / peer c / connect b path:s"
    ),
    DifferentialRow(
        "socket a unix stream / bind a path:s / listen a / close a / socket b unix stream / connect b path:s"),
    DifferentialRow("socket a unix dgram / bind a path:s / socket b unix stream / connect b path:s"),
    DifferentialRow(
        "socket a unix dgram / bind a path:s / socket b unix dgram / bind b path:t / sendto b hello path:s / recvfrom a 9 / connect b path:s / send b again / recv a 9 / peer b"
    ),
    DifferentialRow(
        "socket a unix dgram / bind a path:no/where / listen a / accept a b",
        simulated: [1: .init(ours: "ok", reason: "a simulated host's paths are in no directory")]),
    DifferentialRow("socket a unix stream / listen a / shutdown a both / recv a 1 / send a x"),
    DifferentialRow(
        "socket a unix stream / bind a 127.0.0.1,0",
        [1: .init(ours: "invalid address", reason: "Python has a TypeError")]),
    DifferentialRow(
        "pair a b unix seqpacket / send a one / send a two / recv b 2 / recv b 9 / close a / recv b 9 / send b x"),
    DifferentialRow("pair a b unix stream / sendto a x path:missing"),
    DifferentialRow(
        "socket a unix seqpacket / bind a path:s / listen a / socket b unix seqpacket / connect b path:s / accept a c / send b x / recv c 9"
    ),
]

private let transferRows = [
    DifferentialRow(
        "pair a b unix stream / send a hello / recv b 2 / peek b 9 / recv b 9 / shutdown a wr / recv b 9 / send a x / send b y / recv a 9"
    ),
    DifferentialRow("pair a b unix stream / close b / send a x / sendall a x / sendmsg a x y / recv a 1"),
    DifferentialRow(
        "pair a b unix stream / nonblock a / recv a 1 / recvfrom a 1 / recvmsg a 1 / timeout a 2 / recv a 1 / recvfrom a 1 / recvmsg a 1"
    ),
    DifferentialRow("pair a b unix stream / recv a 0 / send b '' / sendall b ''"),
    DifferentialRow(
        "pair a b unix stream / recv a -1", [1: .init(ours: "invalid argument", reason: "Python has a ValueError")]),
    DifferentialRow(
        "pair a b unix dgram / send a '' / recv b 9 / send a abcdef / recvmsg b 3 / send a abc / recvmsg b 3 / close a / send b x"
    ),
    DifferentialRow("pair a b unix stream / dup a c / close a / send c x / recv b 9 / close c / recv b 9"),
    DifferentialRow(
        "socket a inet dgram / bind a 127.0.0.1,0 / socket b inet dgram / sendto b zeros:70000 @a / sendto b abc @a / recvfrom a 9 / sendto b '' @a / recvfrom a 9"
    ),
    DifferentialRow(
        "socket a inet6 dgram / bind a ::1,0 / socket b inet6 dgram / sendto b abc @a / recvfrom a 2 / sendmsg b abc / connect b @a / sendmsg b x y z / recv a 9"
    ),
    DifferentialRow("socket a inet dgram / sendto a x 127.0.0.1,0"),
    DifferentialRow("socket a inet dgram / sendto a x 255.255.255.255,9"),
    DifferentialRow("socket a inet stream / bind a 127.0.0.1,0 / listen a / socket b inet stream / sendto b x @a"),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,0 / listen a / socket b inet stream / connect b @a / accept a c / sendto b x @a / recv c 9 / shutdown b wr / recv c 9 / shutdown b wr / send b x"
    ),
    DifferentialRow(
        "socket a inet stream / bind a 127.0.0.1,0 / listen a / socket b inet stream / connect b @a / accept a c / setbytes b 1 13 0100000000000000 / close b / wait c / recv c 1 / send c x / recv c 1"
    ),
]

private let optionRows = [
    DifferentialRow(
        "socket a inet stream / get a 1 3 / get a 1 30 / set a 1 9 1 / get a 1 9 / getbytes a 1 9 4 / getbytes a 1 13 8"
    ),
    DifferentialRow("socket a inet stream / get a 1 9999 / set a 1 9999 1 / get a 99 1 / set a 99 1 1"),
    DifferentialRow("socket a inet dgram / get a 6 1 / set a 6 1 1"),
    DifferentialRow("socket a inet stream / set a 6 1 1 / get a 6 1 / set a 0 2 300 / set a 0 2 9 / get a 0 2"),
    DifferentialRow(
        "socket a inet stream / setbytes a 1 9 01 / setbytes a 1 9 01000000 / get a 1 9 / setbytes a 1 9 ''"),
    DifferentialRow(
        "socket a inet stream / set a 1 9 5000000000",
        [1: .init(ours: "invalid argument", reason: "Python has an OverflowError")]),
    DifferentialRow(
        "socket a inet stream / getbytes a 1 9 2000000",
        [1: .init(ours: "invalid argument", reason: "Python's limit of 1024 has error(None), ours is 1 MiB")]),
    DifferentialRow(
        "socket a inet stream / getbytes a 6 13 16 / get a 1 39 / get a 1 38 / socket b unix stream / get b 1 39",
        simulated: [1: .init(ours: "72656e6f000000000000000000000000", reason: "the one congestion control is reno")]),
    DifferentialRow("socket a inet6 stream / get a 41 26 / set a 41 26 1 / get a 41 26 / bind a ::1,0 / set a 41 26 0"),
    DifferentialRow("vacant v inet / socket a inet dgram / connect a @v / send a x / wait a / get a 1 4 / get a 1 4"),
]

private let ownNames = "a simulated host has names and interfaces of its own"
private let emptyHost = "the document: an empty host is none, Python looks it up as a name"

private let nameRows = [
    DifferentialRow(
        "addresses 127.0.0.1 80 any stream / addresses ::1 80 any dgram / addresses localhost http inet stream"),
    DifferentialRow("addresses none 80 any stream / addresses none 80 any stream 1 / addresses none none any any"),
    DifferentialRow(
        "addresses '' 80 any stream / addresses '' 80 any stream 1",
        [
            0: .init(ours: "10 1 6 [] ::1 80, 2 1 6 [] 127.0.0.1 80", reason: emptyHost),
            1: .init(ours: "2 1 6 [] 0.0.0.0 80, 10 1 6 [] :: 80", reason: emptyHost),
        ]),
    DifferentialRow("addresses 127.0.0.1 none any any / addresses 127.0.0.1 '' any stream"),
    DifferentialRow(
        "addresses 127.0.0.1 80 inet6 stream / addresses 127.0.0.1 80 inet6 stream 8 / addresses ::1 80 inet stream"),
    DifferentialRow(
        "addresses 127.0.0.1 nonesuch any stream / addresses localhost 80 any stream 4 / addresses 127.0.0.1 http any stream 1024"
    ),
    DifferentialRow(
        "addresses 127.0.0.1 80 any stream 2 / addresses 127.0.0.1 80 any stream 1073741824 / addresses a_b 80 any stream"
    ),
    DifferentialRow(
        "name 127.0.0.1,80 0 / name 127.0.0.1,80 3 / name ::1,514 17 / name 192.0.2.1,9 8 / name 127.0.0.1,9 1024"),
    DifferentialRow("host localhost / host 127.0.0.1 / host '' / host <broadcast> / host ::1 / host a_b"),
    DifferentialRow(
        "entry localhost / entry 127.0.0.1 / byaddress 127.0.0.1 / byaddress localhost / byaddress ::1",
        simulated: [
            3: .init(ours: "localhost ::1", reason: ownNames), 4: .init(ours: "localhost ::1", reason: ownNames),
        ]),
    DifferentialRow(
        "fqdn localhost / fqdn 127.0.0.1 / fqdn '' / fqdn 0.0.0.0 / hostname / interfaces",
        simulated: [
            2: .init(ours: "host", reason: ownNames), 3: .init(ours: "host", reason: ownNames),
            4: .init(ours: "host", reason: ownNames), 5: .init(ours: "1:lo 2:eth0", reason: ownNames),
        ]),
    DifferentialRow("protocol icmp / protocol tcp / protocol nonesuch"),
    DifferentialRow(
        "port http / port http tcp / port domain udp / port http nonesuch / port nonesuch / port syslog tcp"),
    DifferentialRow("service 80 / service 443 tcp / service 514 udp / service 0 / service 80 nonesuch"),
    DifferentialRow("service 70000", [0: .init(ours: "invalid argument", reason: "Python has an OverflowError")]),
]

private let textRows = [
    DifferentialRow(
        "aton 127.0.0.1 / aton 127.1 / aton 0x7f.0.0.1 / aton 017700000001 / aton 4294967295 / aton 4294967296 / aton 1.2.3.4.5 / aton '' / aton 256.1.1.1"
    ),
    DifferentialRow(
        "pton inet 1.2.3.4 / pton inet 1.2.3 / pton inet 01.2.3.4 / pton inet6 ::1 / pton inet6 1::2::3 / pton inet6 ::ffff:1.2.3.4 / pton inet6 1:2:3:4:5:6:7:8:9"
    ),
    DifferentialRow(
        "ntop inet 7f000001 / ntop inet6 00000000000000000000000000000001 / ntop inet6 20010db8000000000001000000000001"
    ),
]
