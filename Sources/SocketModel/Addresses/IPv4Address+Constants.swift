extension IPv4Address {
    /// `0.0.0.0`: bound to, it means every address of the host. `INADDR_ANY`.
    @inlinable public static var any: Self { Self(rawValue: 0) }

    /// `127.0.0.1`: the host itself. `INADDR_LOOPBACK`.
    @inlinable public static var loopback: Self { Self(rawValue: 0x7f00_0001) }

    /// `255.255.255.255`: every host of the link. `INADDR_BROADCAST`.
    @inlinable public static var broadcast: Self { Self(rawValue: 0xffff_ffff) }

    /// `255.255.255.255` as `inet_addr(3)` returns it to say that its text was bad. `INADDR_NONE`.
    ///
    /// The same number as ``broadcast``, which is why nothing here reports errors this way.
    @inlinable public static var none: Self { Self(rawValue: 0xffff_ffff) }

    /// `192.0.0.8`: the source of ICMPv6 errors translated to IPv4 (RFC 7600). `INADDR_DUMMY`.
    @inlinable public static var dummy: Self { Self(rawValue: 0xc000_0008) }

    /// `224.0.0.0`: the base of the multicast groups, itself never a group. `INADDR_UNSPEC_GROUP`.
    @inlinable public static var unspecifiedGroup: Self { Self(rawValue: 0xe000_0000) }

    /// `224.0.0.1`: every host of the link that takes part in multicast. `INADDR_ALLHOSTS_GROUP`.
    @inlinable public static var allHostsGroup: Self { Self(rawValue: 0xe000_0001) }

    /// `224.0.0.2`: every router of the link. `INADDR_ALLRTRS_GROUP`.
    @inlinable public static var allRoutersGroup: Self { Self(rawValue: 0xe000_0002) }

    /// `224.0.0.106`: every multicast snooping switch of the link (RFC 4286). `INADDR_ALLSNOOPERS_GROUP`.
    @inlinable public static var allSnoopersGroup: Self { Self(rawValue: 0xe000_006a) }

    /// `224.0.0.255`: the last of the groups that routers never forward. `INADDR_MAX_LOCAL_GROUP`.
    @inlinable public static var lastLocalGroup: Self { Self(rawValue: 0xe000_00ff) }
}
