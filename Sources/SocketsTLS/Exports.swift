#if TLS
    // Who speaks TLS means sockets too.
    @_exported public import Sockets
#endif
