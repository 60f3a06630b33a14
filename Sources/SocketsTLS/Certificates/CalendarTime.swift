#if TLS
    /// A second of the calendar, for people: "2026-01-31 23:59:59 UTC".
    struct CalendarTime: CustomStringConvertible {
        let seconds: Int64

        init(_ seconds: Int64) { self.seconds = seconds }

        var description: String {
            let (days, rest) = Self.divide(seconds, 86_400)
            let (year, month, day) = Self.date(days)
            let parts = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0, 2) }
            return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2)) "
                + parts.joined(separator: ":") + " UTC"
        }

        /// The Gregorian date so many days after 1970 began. Years are counted from March on, so that leap days come last, in eras of 400
        /// years, which are all alike.
        private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
            let (era, dayOfEra) = divide(days + 719_468, 146_097)
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shifted = (5 * dayOfYear + 2) / 153
            let month = shifted < 10 ? shifted + 3 : shifted - 9
            return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
        }

        private static func divide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
            let rest = value % divisor
            return rest < 0 ? (value / divisor - 1, rest + divisor) : (value / divisor, rest)
        }

        private static func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }
#endif
