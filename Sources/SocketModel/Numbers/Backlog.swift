/// The length of a listening socket's queue of connections nobody has accepted yet: the second argument of
/// `listen(2)`.
public enum Backlog {
    /// The longest queue the headers name: `SOMAXCONN`. The kernel silently shortens longer ones, and this one too, to
    /// `/proc/sys/net/core/somaxconn`.
    @inlinable public static var maximum: Int32 { 4096 }
}
