import BackendPOSIX
import Sockets

extension BackendChoice {
    /// The backend itself, for what a network does not show.
    func makeBackend() throws(Failure) -> any Backend { try POSIXBackend() }
}
