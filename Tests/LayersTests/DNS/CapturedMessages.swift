// Made by Scripts/capture-dns-messages.py; the answers of unbound, as they came, and as dig prints them.

enum CapturedMessages {
    static let all: [CapturedMessage] = [
        CapturedMessage(
            question: ##"a.example.test. IN A"##,
            hexadecimal: [
                "1234858000010002000000010161076578616d706c6504746573740000010001c00c000100010000012c0004c0000201",
                "c00c000100010000012c0004c000020200002904d0000000000000",
            ],
            answers: [
                ##"a.example.test. 300 IN A 192.0.2.1"##,
                ##"a.example.test. 300 IN A 192.0.2.2"##,
            ]),
        CapturedMessage(
            question: ##"aaaa.example.test. IN AAAA"##,
            hexadecimal: [
                "1234858000010002000000010461616161076578616d706c65047465737400001c0001c00c001c00010000012c001020",
                "010db8000000000000000000000001c00c001c00010000012c001000000000000000000000ffffc000020100002904d0",
                "000000000000",
            ],
            answers: [
                ##"aaaa.example.test. 300 IN AAAA 2001:db8::1"##,
                ##"aaaa.example.test. 300 IN AAAA ::ffff:192.0.2.1"##,
            ]),
        CapturedMessage(
            question: ##"alias.example.test. IN CNAME"##,
            hexadecimal: [
                "12348580000100010000000105616c696173076578616d706c6504746573740000050001c00c000500010000012c0004",
                "0161c01200002904d0000000000000",
            ],
            answers: [
                ##"alias.example.test. 300 IN CNAME a.example.test."##
            ]),
        CapturedMessage(
            question: ##"below.example.test. IN DNAME"##,
            hexadecimal: [
                "1234858000010001000000010562656c6f77076578616d706c6504746573740000270001c00c002700010000012c0014",
                "056f74686572076578616d706c6504746573740000002904d0000000000000",
            ],
            answers: [
                ##"below.example.test. 300 IN DNAME other.example.test."##
            ]),
        CapturedMessage(
            question: ##"example.test. IN NS"##,
            hexadecimal: [
                "123485800001000200000001076578616d706c6504746573740000020001c00c000200010000012c0006036e7331c00c",
                "c00c000200010000012c0006036e7332c00c00002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN NS ns2.example.test."##,
                ##"example.test. 300 IN NS ns1.example.test."##,
            ]),
        CapturedMessage(
            question: ##"example.test. IN SOA"##,
            hexadecimal: [
                "123485800001000100000001076578616d706c6504746573740000060001c00c000600010000012c0028036e7331c00c",
                "0b686f73742e6d6173746572c00c78c275f500001c2000000e10001275000000012c00002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN SOA ns1.example.test. host\.master.example.test. 2026010101 7200 3600 1209600 300"##
            ]),
        CapturedMessage(
            question: ##"1.2.0.192.in-addr.arpa. IN PTR"##,
            hexadecimal: [
                "1234858000010001000000010131013201300331393207696e2d61646472046172706100000c0001c00c000c00010000",
                "012c00100161076578616d706c6504746573740000002904d0000000000000",
            ],
            answers: [
                ##"1.2.0.192.in-addr.arpa. 300 IN PTR a.example.test."##
            ]),
        CapturedMessage(
            question: ##"example.test. IN MX"##,
            hexadecimal: [
                "123485800001000200000001076578616d706c65047465737400000f0001c00c000f00010000012c0009000a046d6169",
                "6cc00cc00c000f00010000012c00130014046d61696c09656c73657768657265c01400002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN MX 10 mail.example.test."##,
                ##"example.test. 300 IN MX 20 mail.elsewhere.test."##,
            ]),
        CapturedMessage(
            question: ##"example.test. IN TXT"##,
            hexadecimal: [
                "123485800001000100000001076578616d706c6504746573740000100001c00c001000010000012c00240b763d737066",
                "31202d616c6c1761202271756f74656422205c20616e6420c8206279746500002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN TXT "v=spf1 -all" "a \"quoted\" \\ and \200 byte""##
            ]),
        CapturedMessage(
            question: ##"_sip._udp.example.test. IN SRV"##,
            hexadecimal: [
                "123485800001000100000001045f736970045f756470076578616d706c6504746573740000210001c00c002100010000",
                "012c00180001000213c403736970076578616d706c6504746573740000002904d0000000000000",
            ],
            answers: [
                ##"_sip._udp.example.test. 300 IN SRV 1 2 5060 sip.example.test."##
            ]),
        CapturedMessage(
            question: ##"n.example.test. IN NAPTR"##,
            hexadecimal: [
                "123485800001000100000001016e076578616d706c6504746573740000230001c00c002300010000012c004d00640032",
                "017310687474702b49324c2b4932432b4932521c215e2e2a24217369703a696e666f406578616d706c652e7465737421",
                "055f68747470045f746370076578616d706c6504746573740000002904d0000000000000",
            ],
            answers: [
                ##"n.example.test. 300 IN NAPTR 100 50 "s" "http+I2L+I2C+I2R" "!^.*$!sip:info@example.test!" _http._tcp.example.test."##
            ]),
        CapturedMessage(
            question: ##"example.test. IN CAA"##,
            hexadecimal: [
                "123485800001000100000001076578616d706c6504746573740001010001c00c010100010000012c0020800569737375",
                "6563612e6578616d706c652e6e65743b20706f6c6963793d657600002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN CAA 128 issue "ca.example.net; policy=ev""##
            ]),
        CapturedMessage(
            question: ##"ds.example.test. IN DS"##,
            hexadecimal: [
                "123485800001000100000001026473076578616d706c65047465737400002b0001c00c002b00010000012c0018ec4505",
                "012bb183af5f22588179a53b0a98631fad1a29211800002904d0000000000000",
            ],
            answers: [
                ##"ds.example.test. 300 IN DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"##
            ]),
        CapturedMessage(
            question: ##"example.test. IN DNSKEY"##,
            hexadecimal: [
                "123485800001000100000001076578616d706c6504746573740000300001c00c003000010000012c00440101030d99db",
                "2cc14cabdc33d6d77da63a2f15f71112584f234e8d1dc428e39e8a4a97e1aa271a555dc90701e17e2a4c4b6f120b7c32",
                "d44f4ac02bd894cf2d4be7778a1900002904d0000000000000",
            ],
            answers: [
                ##"example.test. 300 IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=="##
            ]),
        CapturedMessage(
            question: ##"s.example.test. IN RRSIG"##,
            hexadecimal: [
                "1234858000010001000000010173076578616d706c65047465737400002e0001c00c002e00010000012c00a000010503",
                "00015180714646d7711eb9d70a52076578616d706c65047465737400a090755ba58d1affa576f4375831b4310920e481",
                "218d18a9f164eb3d81afd3b875d3c75428631e0cf2a28d50875f70c329d7dbfafea807dc1fba1dc34c95d401f23f334c",
                "e63bfcf3f1b5b44739e5f0eded18d6b33f040a911376d173d757a9f0c1fa1798941bb0b36b2df9062790fa7f0166f273",
                "7eea907378341fb12dc0a77a00002904d0000000000000",
            ],
            answers: [
                ##"s.example.test. 300 IN RRSIG A 5 3 86400 20300322173103 20300220173103 2642 example.test. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o="##
            ]),
        CapturedMessage(
            question: ##"nsec.example.test. IN NSEC"##,
            hexadecimal: [
                "123485800001000100000001046e736563076578616d706c65047465737400002f0001c00c002f00010000012c003804",
                "686f7374076578616d706c650474657374000006400100000003041b0000000000000000000000000000000000000000",
                "0000000000002000002904d0000000000000",
            ],
            answers: [
                ##"nsec.example.test. 300 IN NSEC host.example.test. A MX RRSIG NSEC TYPE1234"##
            ]),
        CapturedMessage(
            question: ##"_443._tcp.example.test. IN TLSA"##,
            hexadecimal: [
                "123485800001000100000001045f343433045f746370076578616d706c6504746573740000340001c00c003400010000",
                "012c0023030101d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e97100002904d000000000",
                "0000",
            ],
            answers: [
                ##"_443._tcp.example.test. 300 IN TLSA 3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971"##
            ]),
        CapturedMessage(
            question: ##"svcb.example.test. IN SVCB"##,
            hexadecimal: [
                "1234858000010001000000010473766362076578616d706c6504746573740000400001c00c004000010000012c001200",
                "000161076578616d706c6504746573740000002904d0000000000000",
            ],
            answers: [
                ##"svcb.example.test. 300 IN SVCB 0 a.example.test."##
            ]),
        CapturedMessage(
            question: ##"https.example.test. IN HTTPS"##,
            hexadecimal: [
                "123485800001000200000001056874747073076578616d706c6504746573740000410001c00c004100010000012c0028",
                "00020161076578616d706c6504746573740000000002000100010003026832000500050045fe0d00c00c004100010000",
                "012c0033000100000100060268320268330003000220fb00040008c0000201c00002020006001020010db80000000000",
                "0000000000000100002904d0000000000000",
            ],
            answers: [
                ##"https.example.test. 300 IN HTTPS 1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1"##,
                ##"https.example.test. 300 IN HTTPS 2 a.example.test. mandatory=alpn alpn="h2" ech=AEX+DQA="##,
            ]),
        CapturedMessage(
            question: ##"strange.example.test. IN TYPE65280"##,
            hexadecimal: [
                "12348580000100010000000107737472616e6765076578616d706c65047465737400ff000001c00cff0000010000012c",
                "0004c000020100002904d0000000000000",
            ],
            answers: [
                ##"strange.example.test. 300 IN TYPE65280 \# 4 C0000201"##
            ]),
        CapturedMessage(
            question: ##"we\.ird\032label\255.example.test. IN A"##,
            hexadecimal: [
                "1234858000010001000000010d77652e697264206c6162656cff076578616d706c6504746573740000010001c00c0001",
                "00010000012c0004c000020300002904d0000000000000",
            ],
            answers: [
                ##"we\.ird\032label\255.example.test. 300 IN A 192.0.2.3"##
            ]),
        CapturedMessage(
            question: ##"missing.example.test. IN A"##,
            hexadecimal: [
                "123485830001000000010001076d697373696e67076578616d706c6504746573740000010001c014000600010000012c",
                "0028036e7331c0140b686f73742e6d6173746572c01478c275f500001c2000000e10001275000000012c00002904d000",
                "0000000000",
            ],
            answers: []),
        CapturedMessage(
            question: ##"a.example.test. IN MX"##,
            hexadecimal: [
                "1234858000010000000100010161076578616d706c65047465737400000f0001c00e000600010000012c0028036e7331",
                "c00e0b686f73742e6d6173746572c00e78c275f500001c2000000e10001275000000012c00002904d0000000000000",
            ],
            answers: []),
    ]
}
