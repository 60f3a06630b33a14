internal import CPOSIX

/// The process's standard error.
package enum StandardError {
    /// Writes a line at once; if that fails there is nobody left to tell.
    package static func write(line: String) {
        let bytes = Array((line + "\n").utf8)
        unsafe bytes.withUnsafeBytes { unsafe cposix_complain($0.baseAddress, UInt($0.count)) }
    }
}
