extension Errno {
    /// Operation not permitted: `EPERM`.
    @inlinable public static var notPermitted: Self { Self(rawValue: 1) }
    /// No such file or directory: `ENOENT`.
    @inlinable public static var noSuchFileOrDirectory: Self { Self(rawValue: 2) }
    /// No such process: `ESRCH`.
    @inlinable public static var noSuchProcess: Self { Self(rawValue: 3) }
    /// Interrupted system call: `EINTR`.
    @inlinable public static var interrupted: Self { Self(rawValue: 4) }
    /// Input/output error: `EIO`.
    @inlinable public static var ioError: Self { Self(rawValue: 5) }
    /// No such device or address: `ENXIO`.
    @inlinable public static var noSuchAddressOrDevice: Self { Self(rawValue: 6) }
    /// Argument list too long: `E2BIG`.
    @inlinable public static var argListTooLong: Self { Self(rawValue: 7) }
    /// Exec format error: `ENOEXEC`.
    @inlinable public static var execFormatError: Self { Self(rawValue: 8) }
    /// Bad file descriptor: `EBADF`.
    @inlinable public static var badFileDescriptor: Self { Self(rawValue: 9) }
    /// No child processes: `ECHILD`.
    @inlinable public static var noChildProcess: Self { Self(rawValue: 10) }
    /// Resource temporarily unavailable: `EAGAIN`.
    @inlinable public static var resourceTemporarilyUnavailable: Self { Self(rawValue: 11) }
    /// Cannot allocate memory: `ENOMEM`.
    @inlinable public static var noMemory: Self { Self(rawValue: 12) }
    /// Permission denied: `EACCES`.
    @inlinable public static var permissionDenied: Self { Self(rawValue: 13) }
    /// Bad address: `EFAULT`.
    @inlinable public static var badAddress: Self { Self(rawValue: 14) }
    /// Block device required: `ENOTBLK`.
    @inlinable public static var notBlockDevice: Self { Self(rawValue: 15) }
    /// Device or resource busy: `EBUSY`.
    @inlinable public static var resourceBusy: Self { Self(rawValue: 16) }
    /// File exists: `EEXIST`.
    @inlinable public static var fileExists: Self { Self(rawValue: 17) }
    /// Invalid cross-device link: `EXDEV`.
    @inlinable public static var improperLink: Self { Self(rawValue: 18) }
    /// No such device: `ENODEV`.
    @inlinable public static var operationNotSupportedByDevice: Self { Self(rawValue: 19) }
    /// Not a directory: `ENOTDIR`.
    @inlinable public static var notDirectory: Self { Self(rawValue: 20) }
    /// Is a directory: `EISDIR`.
    @inlinable public static var isDirectory: Self { Self(rawValue: 21) }
    /// Invalid argument: `EINVAL`.
    @inlinable public static var invalidArgument: Self { Self(rawValue: 22) }
    /// Too many open files in system: `ENFILE`.
    @inlinable public static var tooManyOpenFilesInSystem: Self { Self(rawValue: 23) }
    /// Too many open files: `EMFILE`.
    @inlinable public static var tooManyOpenFiles: Self { Self(rawValue: 24) }
    /// Inappropriate ioctl for device: `ENOTTY`.
    @inlinable public static var inappropriateIOCTLForDevice: Self { Self(rawValue: 25) }
    /// Text file busy: `ETXTBSY`.
    @inlinable public static var textFileBusy: Self { Self(rawValue: 26) }
    /// File too large: `EFBIG`.
    @inlinable public static var fileTooLarge: Self { Self(rawValue: 27) }
    /// No space left on device: `ENOSPC`.
    @inlinable public static var noSpace: Self { Self(rawValue: 28) }
    /// Illegal seek: `ESPIPE`.
    @inlinable public static var illegalSeek: Self { Self(rawValue: 29) }
    /// Read-only file system: `EROFS`.
    @inlinable public static var readOnlyFileSystem: Self { Self(rawValue: 30) }
    /// Too many links: `EMLINK`.
    @inlinable public static var tooManyLinks: Self { Self(rawValue: 31) }
    /// Broken pipe: `EPIPE`.
    @inlinable public static var brokenPipe: Self { Self(rawValue: 32) }
    /// Numerical argument out of domain: `EDOM`.
    @inlinable public static var outOfDomain: Self { Self(rawValue: 33) }
    /// Numerical result out of range: `ERANGE`.
    @inlinable public static var outOfRange: Self { Self(rawValue: 34) }
    /// Resource deadlock avoided: `EDEADLK`.
    @inlinable public static var deadlock: Self { Self(rawValue: 35) }
    /// File name too long: `ENAMETOOLONG`.
    @inlinable public static var fileNameTooLong: Self { Self(rawValue: 36) }
    /// No locks available: `ENOLCK`.
    @inlinable public static var noLocks: Self { Self(rawValue: 37) }
    /// Function not implemented: `ENOSYS`.
    @inlinable public static var noFunction: Self { Self(rawValue: 38) }
    /// Directory not empty: `ENOTEMPTY`.
    @inlinable public static var directoryNotEmpty: Self { Self(rawValue: 39) }
    /// Too many levels of symbolic links: `ELOOP`.
    @inlinable public static var tooManySymbolicLinkLevels: Self { Self(rawValue: 40) }
    /// No message of desired type: `ENOMSG`.
    @inlinable public static var noMessage: Self { Self(rawValue: 42) }
    /// Identifier removed: `EIDRM`.
    @inlinable public static var identifierRemoved: Self { Self(rawValue: 43) }
    /// Channel number out of range: `ECHRNG`.
    @inlinable public static var channelOutOfRange: Self { Self(rawValue: 44) }
    /// Level 2 not synchronized: `EL2NSYNC`.
    @inlinable public static var level2NotSynchronized: Self { Self(rawValue: 45) }
    /// Level 3 halted: `EL3HLT`.
    @inlinable public static var level3Halted: Self { Self(rawValue: 46) }
    /// Level 3 reset: `EL3RST`.
    @inlinable public static var level3Reset: Self { Self(rawValue: 47) }
    /// Link number out of range: `ELNRNG`.
    @inlinable public static var linkNumberOutOfRange: Self { Self(rawValue: 48) }
    /// Protocol driver not attached: `EUNATCH`.
    @inlinable public static var protocolDriverNotAttached: Self { Self(rawValue: 49) }
    /// No CSI structure available: `ENOCSI`.
    @inlinable public static var noCSIStructure: Self { Self(rawValue: 50) }
    /// Level 2 halted: `EL2HLT`.
    @inlinable public static var level2Halted: Self { Self(rawValue: 51) }
    /// Invalid exchange: `EBADE`.
    @inlinable public static var invalidExchange: Self { Self(rawValue: 52) }
    /// Invalid request descriptor: `EBADR`.
    @inlinable public static var invalidRequestDescriptor: Self { Self(rawValue: 53) }
    /// Exchange full: `EXFULL`.
    @inlinable public static var exchangeFull: Self { Self(rawValue: 54) }
    /// No anode: `ENOANO`.
    @inlinable public static var noAnode: Self { Self(rawValue: 55) }
    /// Invalid request code: `EBADRQC`.
    @inlinable public static var invalidRequestCode: Self { Self(rawValue: 56) }
    /// Invalid slot: `EBADSLT`.
    @inlinable public static var invalidSlot: Self { Self(rawValue: 57) }
    /// Bad font file format: `EBFONT`.
    @inlinable public static var badFontFormat: Self { Self(rawValue: 59) }
    /// Device not a stream: `ENOSTR`.
    @inlinable public static var notStream: Self { Self(rawValue: 60) }
    /// No data available: `ENODATA`.
    @inlinable public static var noData: Self { Self(rawValue: 61) }
    /// Timer expired: `ETIME`.
    @inlinable public static var timeout: Self { Self(rawValue: 62) }
    /// Out of streams resources: `ENOSR`.
    @inlinable public static var noStreamResources: Self { Self(rawValue: 63) }
    /// Machine is not on the network: `ENONET`.
    @inlinable public static var notOnNetwork: Self { Self(rawValue: 64) }
    /// Package not installed: `ENOPKG`.
    @inlinable public static var packageNotInstalled: Self { Self(rawValue: 65) }
    /// Object is remote: `EREMOTE`.
    @inlinable public static var tooManyRemoteLevels: Self { Self(rawValue: 66) }
    /// Link has been severed: `ENOLINK`.
    @inlinable public static var noLink: Self { Self(rawValue: 67) }
    /// Advertise error: `EADV`.
    @inlinable public static var advertiseError: Self { Self(rawValue: 68) }
    /// Srmount error: `ESRMNT`.
    @inlinable public static var srmountError: Self { Self(rawValue: 69) }
    /// Communication error on send: `ECOMM`.
    @inlinable public static var communicationError: Self { Self(rawValue: 70) }
    /// Protocol error: `EPROTO`.
    @inlinable public static var protocolError: Self { Self(rawValue: 71) }
    /// Multihop attempted: `EMULTIHOP`.
    @inlinable public static var multiHop: Self { Self(rawValue: 72) }
    /// RFS specific error: `EDOTDOT`.
    @inlinable public static var rfsError: Self { Self(rawValue: 73) }
    /// Bad message: `EBADMSG`.
    @inlinable public static var badMessage: Self { Self(rawValue: 74) }
    /// Value too large for defined data type: `EOVERFLOW`.
    @inlinable public static var overflow: Self { Self(rawValue: 75) }
    /// Name not unique on network: `ENOTUNIQ`.
    @inlinable public static var nameNotUnique: Self { Self(rawValue: 76) }
    /// File descriptor in bad state: `EBADFD`.
    @inlinable public static var badFileDescriptorState: Self { Self(rawValue: 77) }
    /// Remote address changed: `EREMCHG`.
    @inlinable public static var remoteAddressChanged: Self { Self(rawValue: 78) }
    /// Can not access a needed shared library: `ELIBACC`.
    @inlinable public static var sharedLibraryInaccessible: Self { Self(rawValue: 79) }
    /// Accessing a corrupted shared library: `ELIBBAD`.
    @inlinable public static var sharedLibraryCorrupted: Self { Self(rawValue: 80) }
    /// .lib section in a.out corrupted: `ELIBSCN`.
    @inlinable public static var librarySectionCorrupted: Self { Self(rawValue: 81) }
    /// Attempting to link in too many shared libraries: `ELIBMAX`.
    @inlinable public static var tooManySharedLibraries: Self { Self(rawValue: 82) }
    /// Cannot exec a shared library directly: `ELIBEXEC`.
    @inlinable public static var sharedLibraryNotExecutable: Self { Self(rawValue: 83) }
    /// Invalid or incomplete multibyte or wide character: `EILSEQ`.
    @inlinable public static var illegalByteSequence: Self { Self(rawValue: 84) }
    /// Interrupted system call should be restarted: `ERESTART`.
    @inlinable public static var restartNeeded: Self { Self(rawValue: 85) }
    /// Streams pipe error: `ESTRPIPE`.
    @inlinable public static var streamsPipeError: Self { Self(rawValue: 86) }
    /// Too many users: `EUSERS`.
    @inlinable public static var tooManyUsers: Self { Self(rawValue: 87) }
    /// Socket operation on non-socket: `ENOTSOCK`.
    @inlinable public static var notSocket: Self { Self(rawValue: 88) }
    /// Destination address required: `EDESTADDRREQ`.
    @inlinable public static var addressRequired: Self { Self(rawValue: 89) }
    /// Message too long: `EMSGSIZE`.
    @inlinable public static var messageTooLong: Self { Self(rawValue: 90) }
    /// Protocol wrong type for socket: `EPROTOTYPE`.
    @inlinable public static var protocolWrongTypeForSocket: Self { Self(rawValue: 91) }
    /// Protocol not available: `ENOPROTOOPT`.
    @inlinable public static var protocolNotAvailable: Self { Self(rawValue: 92) }
    /// Protocol not supported: `EPROTONOSUPPORT`.
    @inlinable public static var protocolNotSupported: Self { Self(rawValue: 93) }
    /// Socket type not supported: `ESOCKTNOSUPPORT`.
    @inlinable public static var socketTypeNotSupported: Self { Self(rawValue: 94) }
    /// Operation not supported: `EOPNOTSUPP`.
    @inlinable public static var notSupportedOnSocket: Self { Self(rawValue: 95) }
    /// Protocol family not supported: `EPFNOSUPPORT`.
    @inlinable public static var protocolFamilyNotSupported: Self { Self(rawValue: 96) }
    /// Address family not supported by protocol: `EAFNOSUPPORT`.
    @inlinable public static var addressFamilyNotSupported: Self { Self(rawValue: 97) }
    /// Address already in use: `EADDRINUSE`.
    @inlinable public static var addressInUse: Self { Self(rawValue: 98) }
    /// Cannot assign requested address: `EADDRNOTAVAIL`.
    @inlinable public static var addressNotAvailable: Self { Self(rawValue: 99) }
    /// Network is down: `ENETDOWN`.
    @inlinable public static var networkDown: Self { Self(rawValue: 100) }
    /// Network is unreachable: `ENETUNREACH`.
    @inlinable public static var networkUnreachable: Self { Self(rawValue: 101) }
    /// Network dropped connection on reset: `ENETRESET`.
    @inlinable public static var networkReset: Self { Self(rawValue: 102) }
    /// Software caused connection abort: `ECONNABORTED`.
    @inlinable public static var connectionAbort: Self { Self(rawValue: 103) }
    /// Connection reset by peer: `ECONNRESET`.
    @inlinable public static var connectionReset: Self { Self(rawValue: 104) }
    /// No buffer space available: `ENOBUFS`.
    @inlinable public static var noBufferSpace: Self { Self(rawValue: 105) }
    /// Transport endpoint is already connected: `EISCONN`.
    @inlinable public static var socketIsConnected: Self { Self(rawValue: 106) }
    /// Transport endpoint is not connected: `ENOTCONN`.
    @inlinable public static var socketNotConnected: Self { Self(rawValue: 107) }
    /// Cannot send after transport endpoint shutdown: `ESHUTDOWN`.
    @inlinable public static var socketShutdown: Self { Self(rawValue: 108) }
    /// Too many references: cannot splice: `ETOOMANYREFS`.
    @inlinable public static var tooManyReferences: Self { Self(rawValue: 109) }
    /// Connection timed out: `ETIMEDOUT`.
    @inlinable public static var timedOut: Self { Self(rawValue: 110) }
    /// Connection refused: `ECONNREFUSED`.
    @inlinable public static var connectionRefused: Self { Self(rawValue: 111) }
    /// Host is down: `EHOSTDOWN`.
    @inlinable public static var hostIsDown: Self { Self(rawValue: 112) }
    /// No route to host: `EHOSTUNREACH`.
    @inlinable public static var noRouteToHost: Self { Self(rawValue: 113) }
    /// Operation already in progress: `EALREADY`.
    @inlinable public static var alreadyInProcess: Self { Self(rawValue: 114) }
    /// Operation now in progress: `EINPROGRESS`.
    @inlinable public static var nowInProgress: Self { Self(rawValue: 115) }
    /// Stale file handle: `ESTALE`.
    @inlinable public static var staleNFSFileHandle: Self { Self(rawValue: 116) }
    /// Structure needs cleaning: `EUCLEAN`.
    @inlinable public static var structureNeedsCleaning: Self { Self(rawValue: 117) }
    /// Not a XENIX named type file: `ENOTNAM`.
    @inlinable public static var notXENIXNamedFile: Self { Self(rawValue: 118) }
    /// No XENIX semaphores available: `ENAVAIL`.
    @inlinable public static var noXENIXSemaphores: Self { Self(rawValue: 119) }
    /// Is a named type file: `EISNAM`.
    @inlinable public static var isNamedFile: Self { Self(rawValue: 120) }
    /// Remote I/O error: `EREMOTEIO`.
    @inlinable public static var remoteIOError: Self { Self(rawValue: 121) }
    /// Disk quota exceeded: `EDQUOT`.
    @inlinable public static var diskQuotaExceeded: Self { Self(rawValue: 122) }
    /// No medium found: `ENOMEDIUM`.
    @inlinable public static var noMedium: Self { Self(rawValue: 123) }
    /// Wrong medium type: `EMEDIUMTYPE`.
    @inlinable public static var wrongMediumType: Self { Self(rawValue: 124) }
    /// Operation canceled: `ECANCELED`.
    @inlinable public static var canceled: Self { Self(rawValue: 125) }
    /// Required key not available: `ENOKEY`.
    @inlinable public static var requiredKeyNotAvailable: Self { Self(rawValue: 126) }
    /// Key has expired: `EKEYEXPIRED`.
    @inlinable public static var keyExpired: Self { Self(rawValue: 127) }
    /// Key has been revoked: `EKEYREVOKED`.
    @inlinable public static var keyRevoked: Self { Self(rawValue: 128) }
    /// Key was rejected by service: `EKEYREJECTED`.
    @inlinable public static var keyRejected: Self { Self(rawValue: 129) }
    /// Owner died: `EOWNERDEAD`.
    @inlinable public static var previousOwnerDied: Self { Self(rawValue: 130) }
    /// State not recoverable: `ENOTRECOVERABLE`.
    @inlinable public static var notRecoverable: Self { Self(rawValue: 131) }
    /// Operation not possible due to RF-kill: `ERFKILL`.
    @inlinable public static var radioSwitchedOff: Self { Self(rawValue: 132) }
    /// Memory page has hardware error: `EHWPOISON`.
    @inlinable public static var memoryPageHardwareError: Self { Self(rawValue: 133) }
    /// The same number as ``resourceTemporarilyUnavailable``: `EWOULDBLOCK`.
    @inlinable public static var wouldBlock: Self { .resourceTemporarilyUnavailable }
    /// The same number as ``deadlock``: `EDEADLOCK`.
    @inlinable public static var deadlockAvoided: Self { .deadlock }
    /// The same number as ``notSupportedOnSocket``: `ENOTSUP`.
    @inlinable public static var notSupported: Self { .notSupportedOnSocket }
}
