// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// Who searches for the C name lands on the Swift one.
extension Errno {
    @available(*, unavailable, renamed: "notPermitted")
    public static var EPERM: Errno { .notPermitted }
    @available(*, unavailable, renamed: "noSuchFileOrDirectory")
    public static var ENOENT: Errno { .noSuchFileOrDirectory }
    @available(*, unavailable, renamed: "noSuchProcess")
    public static var ESRCH: Errno { .noSuchProcess }
    @available(*, unavailable, renamed: "interrupted")
    public static var EINTR: Errno { .interrupted }
    @available(*, unavailable, renamed: "ioError")
    public static var EIO: Errno { .ioError }
    @available(*, unavailable, renamed: "noSuchAddressOrDevice")
    public static var ENXIO: Errno { .noSuchAddressOrDevice }
    @available(*, unavailable, renamed: "argListTooLong")
    public static var E2BIG: Errno { .argListTooLong }
    @available(*, unavailable, renamed: "execFormatError")
    public static var ENOEXEC: Errno { .execFormatError }
    @available(*, unavailable, renamed: "badFileDescriptor")
    public static var EBADF: Errno { .badFileDescriptor }
    @available(*, unavailable, renamed: "noChildProcess")
    public static var ECHILD: Errno { .noChildProcess }
    @available(*, unavailable, renamed: "resourceTemporarilyUnavailable")
    public static var EAGAIN: Errno { .resourceTemporarilyUnavailable }
    @available(*, unavailable, renamed: "noMemory")
    public static var ENOMEM: Errno { .noMemory }
    @available(*, unavailable, renamed: "permissionDenied")
    public static var EACCES: Errno { .permissionDenied }
    @available(*, unavailable, renamed: "badAddress")
    public static var EFAULT: Errno { .badAddress }
    @available(*, unavailable, renamed: "notBlockDevice")
    public static var ENOTBLK: Errno { .notBlockDevice }
    @available(*, unavailable, renamed: "resourceBusy")
    public static var EBUSY: Errno { .resourceBusy }
    @available(*, unavailable, renamed: "fileExists")
    public static var EEXIST: Errno { .fileExists }
    @available(*, unavailable, renamed: "improperLink")
    public static var EXDEV: Errno { .improperLink }
    @available(*, unavailable, renamed: "operationNotSupportedByDevice")
    public static var ENODEV: Errno { .operationNotSupportedByDevice }
    @available(*, unavailable, renamed: "notDirectory")
    public static var ENOTDIR: Errno { .notDirectory }
    @available(*, unavailable, renamed: "isDirectory")
    public static var EISDIR: Errno { .isDirectory }
    @available(*, unavailable, renamed: "invalidArgument")
    public static var EINVAL: Errno { .invalidArgument }
    @available(*, unavailable, renamed: "tooManyOpenFilesInSystem")
    public static var ENFILE: Errno { .tooManyOpenFilesInSystem }
    @available(*, unavailable, renamed: "tooManyOpenFiles")
    public static var EMFILE: Errno { .tooManyOpenFiles }
    @available(*, unavailable, renamed: "inappropriateIOCTLForDevice")
    public static var ENOTTY: Errno { .inappropriateIOCTLForDevice }
    @available(*, unavailable, renamed: "textFileBusy")
    public static var ETXTBSY: Errno { .textFileBusy }
    @available(*, unavailable, renamed: "fileTooLarge")
    public static var EFBIG: Errno { .fileTooLarge }
    @available(*, unavailable, renamed: "noSpace")
    public static var ENOSPC: Errno { .noSpace }
    @available(*, unavailable, renamed: "illegalSeek")
    public static var ESPIPE: Errno { .illegalSeek }
    @available(*, unavailable, renamed: "readOnlyFileSystem")
    public static var EROFS: Errno { .readOnlyFileSystem }
    @available(*, unavailable, renamed: "tooManyLinks")
    public static var EMLINK: Errno { .tooManyLinks }
    @available(*, unavailable, renamed: "brokenPipe")
    public static var EPIPE: Errno { .brokenPipe }
    @available(*, unavailable, renamed: "outOfDomain")
    public static var EDOM: Errno { .outOfDomain }
    @available(*, unavailable, renamed: "outOfRange")
    public static var ERANGE: Errno { .outOfRange }
    @available(*, unavailable, renamed: "deadlock")
    public static var EDEADLK: Errno { .deadlock }
    @available(*, unavailable, renamed: "fileNameTooLong")
    public static var ENAMETOOLONG: Errno { .fileNameTooLong }
    @available(*, unavailable, renamed: "noLocks")
    public static var ENOLCK: Errno { .noLocks }
    @available(*, unavailable, renamed: "noFunction")
    public static var ENOSYS: Errno { .noFunction }
    @available(*, unavailable, renamed: "directoryNotEmpty")
    public static var ENOTEMPTY: Errno { .directoryNotEmpty }
    @available(*, unavailable, renamed: "tooManySymbolicLinkLevels")
    public static var ELOOP: Errno { .tooManySymbolicLinkLevels }
    @available(*, unavailable, renamed: "noMessage")
    public static var ENOMSG: Errno { .noMessage }
    @available(*, unavailable, renamed: "identifierRemoved")
    public static var EIDRM: Errno { .identifierRemoved }
    @available(*, unavailable, renamed: "channelOutOfRange")
    public static var ECHRNG: Errno { .channelOutOfRange }
    @available(*, unavailable, renamed: "level2NotSynchronized")
    public static var EL2NSYNC: Errno { .level2NotSynchronized }
    @available(*, unavailable, renamed: "level3Halted")
    public static var EL3HLT: Errno { .level3Halted }
    @available(*, unavailable, renamed: "level3Reset")
    public static var EL3RST: Errno { .level3Reset }
    @available(*, unavailable, renamed: "linkNumberOutOfRange")
    public static var ELNRNG: Errno { .linkNumberOutOfRange }
    @available(*, unavailable, renamed: "protocolDriverNotAttached")
    public static var EUNATCH: Errno { .protocolDriverNotAttached }
    @available(*, unavailable, renamed: "noCSIStructure")
    public static var ENOCSI: Errno { .noCSIStructure }
    @available(*, unavailable, renamed: "level2Halted")
    public static var EL2HLT: Errno { .level2Halted }
    @available(*, unavailable, renamed: "invalidExchange")
    public static var EBADE: Errno { .invalidExchange }
    @available(*, unavailable, renamed: "invalidRequestDescriptor")
    public static var EBADR: Errno { .invalidRequestDescriptor }
    @available(*, unavailable, renamed: "exchangeFull")
    public static var EXFULL: Errno { .exchangeFull }
    @available(*, unavailable, renamed: "noAnode")
    public static var ENOANO: Errno { .noAnode }
    @available(*, unavailable, renamed: "invalidRequestCode")
    public static var EBADRQC: Errno { .invalidRequestCode }
    @available(*, unavailable, renamed: "invalidSlot")
    public static var EBADSLT: Errno { .invalidSlot }
    @available(*, unavailable, renamed: "badFontFormat")
    public static var EBFONT: Errno { .badFontFormat }
    @available(*, unavailable, renamed: "notStream")
    public static var ENOSTR: Errno { .notStream }
    @available(*, unavailable, renamed: "noData")
    public static var ENODATA: Errno { .noData }
    @available(*, unavailable, renamed: "timeout")
    public static var ETIME: Errno { .timeout }
    @available(*, unavailable, renamed: "noStreamResources")
    public static var ENOSR: Errno { .noStreamResources }
    @available(*, unavailable, renamed: "notOnNetwork")
    public static var ENONET: Errno { .notOnNetwork }
    @available(*, unavailable, renamed: "packageNotInstalled")
    public static var ENOPKG: Errno { .packageNotInstalled }
    @available(*, unavailable, renamed: "tooManyRemoteLevels")
    public static var EREMOTE: Errno { .tooManyRemoteLevels }
    @available(*, unavailable, renamed: "noLink")
    public static var ENOLINK: Errno { .noLink }
    @available(*, unavailable, renamed: "advertiseError")
    public static var EADV: Errno { .advertiseError }
    @available(*, unavailable, renamed: "srmountError")
    public static var ESRMNT: Errno { .srmountError }
    @available(*, unavailable, renamed: "communicationError")
    public static var ECOMM: Errno { .communicationError }
    @available(*, unavailable, renamed: "protocolError")
    public static var EPROTO: Errno { .protocolError }
    @available(*, unavailable, renamed: "multiHop")
    public static var EMULTIHOP: Errno { .multiHop }
    @available(*, unavailable, renamed: "rfsError")
    public static var EDOTDOT: Errno { .rfsError }
    @available(*, unavailable, renamed: "badMessage")
    public static var EBADMSG: Errno { .badMessage }
    @available(*, unavailable, renamed: "overflow")
    public static var EOVERFLOW: Errno { .overflow }
    @available(*, unavailable, renamed: "nameNotUnique")
    public static var ENOTUNIQ: Errno { .nameNotUnique }
    @available(*, unavailable, renamed: "badFileDescriptorState")
    public static var EBADFD: Errno { .badFileDescriptorState }
    @available(*, unavailable, renamed: "remoteAddressChanged")
    public static var EREMCHG: Errno { .remoteAddressChanged }
    @available(*, unavailable, renamed: "sharedLibraryInaccessible")
    public static var ELIBACC: Errno { .sharedLibraryInaccessible }
    @available(*, unavailable, renamed: "sharedLibraryCorrupted")
    public static var ELIBBAD: Errno { .sharedLibraryCorrupted }
    @available(*, unavailable, renamed: "librarySectionCorrupted")
    public static var ELIBSCN: Errno { .librarySectionCorrupted }
    @available(*, unavailable, renamed: "tooManySharedLibraries")
    public static var ELIBMAX: Errno { .tooManySharedLibraries }
    @available(*, unavailable, renamed: "sharedLibraryNotExecutable")
    public static var ELIBEXEC: Errno { .sharedLibraryNotExecutable }
    @available(*, unavailable, renamed: "illegalByteSequence")
    public static var EILSEQ: Errno { .illegalByteSequence }
    @available(*, unavailable, renamed: "restartNeeded")
    public static var ERESTART: Errno { .restartNeeded }
    @available(*, unavailable, renamed: "streamsPipeError")
    public static var ESTRPIPE: Errno { .streamsPipeError }
    @available(*, unavailable, renamed: "tooManyUsers")
    public static var EUSERS: Errno { .tooManyUsers }
    @available(*, unavailable, renamed: "notSocket")
    public static var ENOTSOCK: Errno { .notSocket }
    @available(*, unavailable, renamed: "addressRequired")
    public static var EDESTADDRREQ: Errno { .addressRequired }
    @available(*, unavailable, renamed: "messageTooLong")
    public static var EMSGSIZE: Errno { .messageTooLong }
    @available(*, unavailable, renamed: "protocolWrongTypeForSocket")
    public static var EPROTOTYPE: Errno { .protocolWrongTypeForSocket }
    @available(*, unavailable, renamed: "protocolNotAvailable")
    public static var ENOPROTOOPT: Errno { .protocolNotAvailable }
    @available(*, unavailable, renamed: "protocolNotSupported")
    public static var EPROTONOSUPPORT: Errno { .protocolNotSupported }
    @available(*, unavailable, renamed: "socketTypeNotSupported")
    public static var ESOCKTNOSUPPORT: Errno { .socketTypeNotSupported }
    @available(*, unavailable, renamed: "notSupportedOnSocket")
    public static var EOPNOTSUPP: Errno { .notSupportedOnSocket }
    @available(*, unavailable, renamed: "protocolFamilyNotSupported")
    public static var EPFNOSUPPORT: Errno { .protocolFamilyNotSupported }
    @available(*, unavailable, renamed: "addressFamilyNotSupported")
    public static var EAFNOSUPPORT: Errno { .addressFamilyNotSupported }
    @available(*, unavailable, renamed: "addressInUse")
    public static var EADDRINUSE: Errno { .addressInUse }
    @available(*, unavailable, renamed: "addressNotAvailable")
    public static var EADDRNOTAVAIL: Errno { .addressNotAvailable }
    @available(*, unavailable, renamed: "networkDown")
    public static var ENETDOWN: Errno { .networkDown }
    @available(*, unavailable, renamed: "networkUnreachable")
    public static var ENETUNREACH: Errno { .networkUnreachable }
    @available(*, unavailable, renamed: "networkReset")
    public static var ENETRESET: Errno { .networkReset }
    @available(*, unavailable, renamed: "connectionAbort")
    public static var ECONNABORTED: Errno { .connectionAbort }
    @available(*, unavailable, renamed: "connectionReset")
    public static var ECONNRESET: Errno { .connectionReset }
    @available(*, unavailable, renamed: "noBufferSpace")
    public static var ENOBUFS: Errno { .noBufferSpace }
    @available(*, unavailable, renamed: "socketIsConnected")
    public static var EISCONN: Errno { .socketIsConnected }
    @available(*, unavailable, renamed: "socketNotConnected")
    public static var ENOTCONN: Errno { .socketNotConnected }
    @available(*, unavailable, renamed: "socketShutdown")
    public static var ESHUTDOWN: Errno { .socketShutdown }
    @available(*, unavailable, renamed: "tooManyReferences")
    public static var ETOOMANYREFS: Errno { .tooManyReferences }
    @available(*, unavailable, renamed: "timedOut")
    public static var ETIMEDOUT: Errno { .timedOut }
    @available(*, unavailable, renamed: "connectionRefused")
    public static var ECONNREFUSED: Errno { .connectionRefused }
    @available(*, unavailable, renamed: "hostIsDown")
    public static var EHOSTDOWN: Errno { .hostIsDown }
    @available(*, unavailable, renamed: "noRouteToHost")
    public static var EHOSTUNREACH: Errno { .noRouteToHost }
    @available(*, unavailable, renamed: "alreadyInProcess")
    public static var EALREADY: Errno { .alreadyInProcess }
    @available(*, unavailable, renamed: "nowInProgress")
    public static var EINPROGRESS: Errno { .nowInProgress }
    @available(*, unavailable, renamed: "staleNFSFileHandle")
    public static var ESTALE: Errno { .staleNFSFileHandle }
    @available(*, unavailable, renamed: "structureNeedsCleaning")
    public static var EUCLEAN: Errno { .structureNeedsCleaning }
    @available(*, unavailable, renamed: "notXENIXNamedFile")
    public static var ENOTNAM: Errno { .notXENIXNamedFile }
    @available(*, unavailable, renamed: "noXENIXSemaphores")
    public static var ENAVAIL: Errno { .noXENIXSemaphores }
    @available(*, unavailable, renamed: "isNamedFile")
    public static var EISNAM: Errno { .isNamedFile }
    @available(*, unavailable, renamed: "remoteIOError")
    public static var EREMOTEIO: Errno { .remoteIOError }
    @available(*, unavailable, renamed: "diskQuotaExceeded")
    public static var EDQUOT: Errno { .diskQuotaExceeded }
    @available(*, unavailable, renamed: "noMedium")
    public static var ENOMEDIUM: Errno { .noMedium }
    @available(*, unavailable, renamed: "wrongMediumType")
    public static var EMEDIUMTYPE: Errno { .wrongMediumType }
    @available(*, unavailable, renamed: "canceled")
    public static var ECANCELED: Errno { .canceled }
    @available(*, unavailable, renamed: "requiredKeyNotAvailable")
    public static var ENOKEY: Errno { .requiredKeyNotAvailable }
    @available(*, unavailable, renamed: "keyExpired")
    public static var EKEYEXPIRED: Errno { .keyExpired }
    @available(*, unavailable, renamed: "keyRevoked")
    public static var EKEYREVOKED: Errno { .keyRevoked }
    @available(*, unavailable, renamed: "keyRejected")
    public static var EKEYREJECTED: Errno { .keyRejected }
    @available(*, unavailable, renamed: "previousOwnerDied")
    public static var EOWNERDEAD: Errno { .previousOwnerDied }
    @available(*, unavailable, renamed: "notRecoverable")
    public static var ENOTRECOVERABLE: Errno { .notRecoverable }
    @available(*, unavailable, renamed: "radioSwitchedOff")
    public static var ERFKILL: Errno { .radioSwitchedOff }
    @available(*, unavailable, renamed: "memoryPageHardwareError")
    public static var EHWPOISON: Errno { .memoryPageHardwareError }
    @available(*, unavailable, renamed: "wouldBlock")
    public static var EWOULDBLOCK: Errno { .wouldBlock }
    @available(*, unavailable, renamed: "deadlockAvoided")
    public static var EDEADLOCK: Errno { .deadlockAvoided }
    @available(*, unavailable, renamed: "notSupported")
    public static var ENOTSUP: Errno { .notSupported }
}
