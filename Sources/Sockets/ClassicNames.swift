// The classic names, for those who search for them: each leads to the Swift name.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

extension Network {
    /// Unavailable: the name here is `socketPair(_:_:protocol:)`.
    @available(*, unavailable, renamed: "socketPair(_:_:protocol:)")
    public func socketpair(_: Any...) {}

    /// Unavailable: the name here is `adopt(descriptor:family:type:protocol:)`.
    @available(*, unavailable, renamed: "adopt(descriptor:family:type:protocol:)")
    public func fromfd(_: Any...) {}

    /// Unavailable: the name here is `addresses(of:service:family:type:protocol:flags:)`.
    @available(*, unavailable, renamed: "addresses(of:service:family:type:protocol:flags:)")
    public func getaddrinfo(_: Any...) {}

    /// Unavailable: the name here is `name(of:flags:)`.
    @available(*, unavailable, renamed: "name(of:flags:)")
    public func getnameinfo(_: Any...) {}

    /// Unavailable: the name here is `ipv4Address(ofHost:)`.
    @available(*, unavailable, renamed: "ipv4Address(ofHost:)")
    public func gethostbyname(_: Any...) {}

    /// Unavailable: the name here is `host(named:)`.
    @available(*, unavailable, renamed: "host(named:)")
    public func gethostbyname_ex(_: Any...) {}

    /// Unavailable: the name here is `host(at:)`.
    @available(*, unavailable, renamed: "host(at:)")
    public func gethostbyaddr(_: Any...) {}

    /// Unavailable: the name here is `fullyQualifiedName(of:)`.
    @available(*, unavailable, renamed: "fullyQualifiedName(of:)")
    public func getfqdn(_: Any...) {}

    /// Unavailable: the name here is `hostName()`.
    @available(*, unavailable, renamed: "hostName()")
    public func gethostname(_: Any...) {}

    /// Unavailable: the name here is `protocolNumber(named:)`.
    @available(*, unavailable, renamed: "protocolNumber(named:)")
    public func getprotobyname(_: Any...) {}

    /// Unavailable: the name here is `port(ofService:protocol:)`.
    @available(*, unavailable, renamed: "port(ofService:protocol:)")
    public func getservbyname(_: Any...) {}

    /// Unavailable: the name here is `serviceName(atPort:protocol:)`.
    @available(*, unavailable, renamed: "serviceName(atPort:protocol:)")
    public func getservbyport(_: Any...) {}

    /// Unavailable: the name here is `interfaces()`.
    @available(*, unavailable, renamed: "interfaces()")
    public func if_nameindex(_: Any...) {}

    /// Unavailable: the name here is `interfaceIndex(of:)`.
    @available(*, unavailable, renamed: "interfaceIndex(of:)")
    public func if_nametoindex(_: Any...) {}

    /// Unavailable: the name here is `interfaceName(at:)`.
    @available(*, unavailable, renamed: "interfaceName(at:)")
    public func if_indextoname(_: Any...) {}

    /// Unavailable: the name here is `connect(to:port:family:type:racing:preparing:deadline:)`.
    @available(*, unavailable, renamed: "connect(to:port:family:type:racing:preparing:deadline:)")
    public func create_connection(_: Any...) {}

    /// Unavailable: the name here is `listen(host:port:families:backlog:reuseAddress:reusePort:)`.
    @available(*, unavailable, renamed: "listen(host:port:families:backlog:reuseAddress:reusePort:)")
    public func create_server(_: Any...) {}

    /// Unavailable: the name here is `poll(_:deadline:)`.
    @available(*, unavailable, renamed: "poll(_:deadline:)")
    public func select(_: Any...) {}
}

extension Socket {
    /// Unavailable: the name here is `localAddress()`.
    @available(*, unavailable, renamed: "localAddress()")
    public func getsockname(_: Any...) {}

    /// Unavailable: the name here is `peerAddress()`.
    @available(*, unavailable, renamed: "peerAddress()")
    public func getpeername(_: Any...) {}

    /// Unavailable: the name here is `get(_:)`.
    @available(*, unavailable, renamed: "get(_:)")
    public func getsockopt(_: Any...) {}

    /// Unavailable: the name here is `set(_:_:)`.
    @available(*, unavailable, renamed: "set(_:_:)")
    public func setsockopt(_: Any...) {}

    /// Unavailable: the name here is `receive(_:flags:deadline:)`.
    @available(*, unavailable, renamed: "receive(_:flags:deadline:)")
    public func recv(_: Any...) {}

    /// Unavailable: the name here is `receive(into:flags:deadline:)`.
    @available(*, unavailable, renamed: "receive(into:flags:deadline:)")
    public func recv_into(_: Any...) {}

    /// Unavailable: the name here is `receiveFrom(_:flags:deadline:)`.
    @available(*, unavailable, renamed: "receiveFrom(_:flags:deadline:)")
    public func recvfrom(_: Any...) {}

    /// Unavailable: the name here is `receiveFrom(into:flags:deadline:)`.
    @available(*, unavailable, renamed: "receiveFrom(into:flags:deadline:)")
    public func recvfrom_into(_: Any...) {}

    /// Unavailable: the name here is `receiveMessage(_:controlCapacity:flags:deadline:)`.
    @available(*, unavailable, renamed: "receiveMessage(_:controlCapacity:flags:deadline:)")
    public func recvmsg(_: Any...) {}

    /// Unavailable: the name here is `receiveMessage(into:controlCapacity:flags:deadline:)`.
    @available(*, unavailable, renamed: "receiveMessage(into:controlCapacity:flags:deadline:)")
    public func recvmsg_into(_: Any...) {}

    /// Unavailable: the name here is `receiveBatch(_:of:controlCapacity:flags:deadline:)`.
    @available(*, unavailable, renamed: "receiveBatch(_:of:controlCapacity:flags:deadline:)")
    public func recvmmsg(_: Any...) {}

    /// Unavailable: the name here is `send(_:to:flags:deadline:)`.
    @available(*, unavailable, renamed: "send(_:to:flags:deadline:)")
    public func sendto(_: Any...) {}

    /// Unavailable: the name here is `sendAll(_:flags:deadline:)`.
    @available(*, unavailable, renamed: "sendAll(_:flags:deadline:)")
    public func sendall(_: Any...) {}

    /// Unavailable: the name here is `sendMessage(_:control:to:flags:deadline:)`.
    @available(*, unavailable, renamed: "sendMessage(_:control:to:flags:deadline:)")
    public func sendmsg(_: Any...) {}

    /// Unavailable: the name here is `sendBatch(_:flags:deadline:)`.
    @available(*, unavailable, renamed: "sendBatch(_:flags:deadline:)")
    public func sendmmsg(_: Any...) {}

    /// Unavailable: the name here is `sendFile(_:offset:count:deadline:)`.
    @available(*, unavailable, renamed: "sendFile(_:offset:count:deadline:)")
    public func sendfile(_: Any...) {}

    /// Unavailable: the name here is `connectResult(to:deadline:)`.
    @available(*, unavailable, renamed: "connectResult(to:deadline:)")
    public func connect_ex(_: Any...) {}

    /// Unavailable: the name here is `descriptor()`.
    @available(*, unavailable, renamed: "descriptor()")
    public func fileno(_: Any...) {}

    /// Unavailable: the name here is `file(_:buffering:)`.
    @available(*, unavailable, renamed: "file(_:buffering:)")
    public func makefile(_: Any...) {}

    /// Unavailable: the name here is `setBlocking(_:)`.
    @available(*, unavailable, renamed: "setBlocking(_:)")
    public func setblocking(_: Any...) {}

    /// Unavailable: the name here is `mode`.
    @available(*, unavailable, renamed: "mode")
    public func settimeout(_: Any...) {}

    /// Unavailable: the name here is `mode`.
    @available(*, unavailable, renamed: "mode")
    public func gettimeout(_: Any...) {}

    /// Unavailable: the name here is `duplicate()`.
    @available(*, unavailable, renamed: "duplicate()")
    public func dup(_: Any...) {}
}
