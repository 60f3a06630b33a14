/// Something that occurs at an instant of virtual time; in the queue at most once at a time.
class Event {
    /// Where the queue has it; -1 while it has not.
    @safe @exclusivity(unchecked) final var position = -1

    /// Its instant has come.
    func occur() {}
}
