import SystemHeaders

/// The constants the system's headers define on this machine, libc's and the kernel's.
let headerNumbers: [(name: String, value: Int64)] =
    (0..<system_numbers_count).map { unsafe row(system_number_at($0)) }
    + (0..<kernel_numbers_count).map { unsafe row(kernel_number_at($0)) }

/// A row of a C table as Swift values; its name is a literal, which lives as long as the program.
func row(_ number: named_number) -> (name: String, value: Int64) {
    unsafe (String(cString: number.name), number.value)
}
